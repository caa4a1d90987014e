import { ledgerObjectKey } from '../../activities/ledger/ledger-entry.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { unitsOf } from '../support/video.ts';
import type { UnheardStill } from './support/hold-still.ts';
import { endUnheard } from './support/hold-still.ts';
import type { WrittenWebhook } from './support/write-webhook.ts';
import { sendWebhook, writeWebhook } from './support/write-webhook.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet({ webhooks: true });
});
afterEach(() => fleet.reset());
afterAll(() => fleet.close());

type Write = (still: UnheardStill, good: WrittenWebhook) => WrittenWebhook | Promise<WrittenWebhook>;

const minutes = 60_000;
const otherSecret = 'whsec_bm90IHRoZSBob3N0J3M=';
const signatureOf = ({ headers }: WrittenWebhook) => headers['webhook-signature'] ?? '';
const without = (message: WrittenWebhook, header: string): WrittenWebhook => ({
  ...message,
  headers: Object.fromEntries(Object.entries(message.headers).filter(([name]) => name !== header)),
});
const withQuery = (message: WrittenWebhook, change: (query: URLSearchParams) => void): WrittenWebhook => {
  const address = new URL(message.address);
  change(address.searchParams);
  return { ...message, address: address.href };
};
const orderOf = (videoId: string) =>
  ledgerObjectKey(videoId, { medium: 'still', beat: 'b1', chunk: 0, take: 0 }, 'f'.repeat(64));

const genuine: readonly [string, Write][] = [
  ['as the host writes it', (_still, good) => good],
  [
    'that is signed with two secrets, one of them the host’s',
    async (still, good) => {
      const other = await writeWebhook(fleet, still, { secret: otherSecret });
      const headers = {
        ...good.headers,
        'webhook-signature': `${signatureOf(other)} ${signatureOf(good)} v2,x`,
      };
      return { ...good, headers };
    },
  ],
  ['of 4 minutes ago', (still) => writeWebhook(fleet, still, { atMs: Date.now() - 4 * minutes })],
  [
    'that says nothing of its end, because it has ended all the same',
    (still) =>
      writeWebhook(fleet, still, { body: JSON.stringify({ id: still.predictionId, status: 'starting' }) }),
  ],
];

test.each(genuine)('a webhook %s completes the activity that waits', async (_what, write) => {
  const still = await endUnheard(fleet);

  const status = await sendWebhook(fleet, await write(still, await writeWebhook(fleet, still)));

  expect(status).toBe(202);
  expect(await still.isWaited()).toBe(false);
  expect((await fleet.dependencies.ledger.read(still.ledgerKey))?.entry).toMatchObject({
    state: 'succeeded',
    costUsd: 0.003,
    webhookOrdered: true,
  });
  expect(unitsOf(await still.video.result(), 'storyboard')[0]).toMatchObject({ status: 'succeeded' });
  expect(fleet.standIn.control.counters()).toMatchObject({ creates: 2, createRequests: 2 });
});

const harmless: readonly [string, number, Write][] = [
  [
    'with the signature of another secret',
    401,
    (still) => writeWebhook(fleet, still, { secret: otherSecret }),
  ],
  ['with a body that was changed', 401, (_still, good) => ({ ...good, body: good.body.replace('{', '{ ') })],
  ['without an id', 401, (_still, good) => without(good, 'webhook-id')],
  ['without a time', 401, (_still, good) => without(good, 'webhook-timestamp')],
  ['without a signature', 401, (_still, good) => without(good, 'webhook-signature')],
  ['of 6 minutes ago', 401, (still) => writeWebhook(fleet, still, { atMs: Date.now() - 6 * minutes })],
  ['of 6 minutes ahead', 401, (still) => writeWebhook(fleet, still, { atMs: Date.now() + 6 * minutes })],
  [
    'whose time is no number',
    401,
    (_still, good) => ({ ...good, headers: { ...good.headers, 'webhook-timestamp': 'now' } }),
  ],
  [
    'to another order with the proof of this one',
    401,
    (_still, good) =>
      withQuery(good, (query) => {
        query.set('order', orderOf('another'));
      }),
  ],
  [
    'with the proof of another order',
    401,
    async (still, good) => {
      const other = await writeWebhook(fleet, { ...still, ledgerKey: orderOf(still.video.id) });
      return withQuery(good, (query) => {
        query.set('proof', new URL(other.address).searchParams.get('proof') ?? '');
      });
    },
  ],
  [
    'without a proof',
    401,
    (_still, good) =>
      withQuery(good, (query) => {
        query.delete('proof');
      }),
  ],
  [
    'that names the prediction of another purchase',
    202,
    (still) => writeWebhook(fleet, { ...still, predictionId: 'anothersprediction' }),
  ],
  [
    'of an order that is not in the ledger',
    202,
    (still) => writeWebhook(fleet, { ...still, ledgerKey: orderOf(still.video.id) }),
  ],
  [
    'of a video that nobody knows',
    202,
    (still) => writeWebhook(fleet, { ...still, ledgerKey: orderOf('never-started') }),
  ],
  ['that is no JSON', 400, (still) => writeWebhook(fleet, still, { body: 'succeeded' })],
  ['that is no prediction', 400, (still) => writeWebhook(fleet, still, { body: '["succeeded"]' })],
  [
    'whose prediction has a path for an id',
    400,
    (still) => writeWebhook(fleet, still, { body: JSON.stringify({ id: '../account' }) }),
  ],
  [
    'of 2 MiB',
    413,
    (still) =>
      writeWebhook(fleet, still, {
        body: JSON.stringify({ id: still.predictionId, logs: 'x'.repeat(2 ** 21) }),
      }),
  ],
  [
    'of another content',
    415,
    (_still, good) => ({ ...good, headers: { ...good.headers, 'content-type': 'text/html' } }),
  ],
  ['by PUT', 405, (_still, good) => ({ ...good, method: 'PUT' })],
  [
    'at another path',
    404,
    (_still, good) => ({ ...good, address: good.address.replace('/webhooks/', '/webhook/') }),
  ],
];

test.each(harmless)(
  'a webhook %s is answered with %i and changes nothing',
  async (_what, expected, write) => {
    const still = await endUnheard(fleet);
    const good = await writeWebhook(fleet, still);

    const status = await sendWebhook(fleet, await write(still, good));

    expect(status).toBe(expected);
    expect(await still.isWaited()).toBe(true);
    expect((await fleet.dependencies.ledger.read(still.ledgerKey))?.entry.state).toBe('submitted');
    // The genuine webhook is followed all the same.
    expect(await sendWebhook(fleet, good)).toBe(202);
    expect(await still.isWaited()).toBe(false);
    expect(fleet.standIn.control.counters().creates).toBeLessThanOrEqual(2);
  },
);
