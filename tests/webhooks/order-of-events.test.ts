import type { Catalogue } from '../../activities/providers/catalogue.ts';
import { createPollPacer } from '../../activities/runtime/poll-pacer.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';
import { unitsOf } from '../support/video.ts';
import { endUnheard, waitingAttempts } from './support/hold-still.ts';
import { firstEntry } from './support/first-entry.ts';
import { sendWebhook, writeWebhook } from './support/write-webhook.ts';

let fleet: Fleet;

/** One still and one clip, and nothing else to buy. */
const brief = briefOf(1, { music: { enabled: false } });
const boughtOnce = { creates: 2, createRequests: 2 };

beforeEach(async () => {
  fleet = await startFleet({ webhooks: true, serve: false });
});
afterEach(() => fleet.close());

test('a webhook that is doubled completes once', async () => {
  fleet.standIn.control.setFaults([{ times: 'always', fault: { type: 'webhookDoubled' } }]);
  await fleet.serve();

  const video = await fleet.startVideo(brief);

  await expectMade(video, boughtOnce);
  await until(() => fleet.standIn.control.counters().webhooksSent === 4, { what: 'every webhook, twice' });
});

test('a message that comes again, and one that comes anew, change nothing', async () => {
  await fleet.serve();
  const still = await endUnheard(fleet);
  const first = await writeWebhook(fleet, still);

  expect(await sendWebhook(fleet, first)).toBe(202);
  expect(await sendWebhook(fleet, first)).toBe(200);
  expect(await sendWebhook(fleet, await writeWebhook(fleet, still))).toBe(202);

  await expectMade(still.video, boughtOnce);
  // Accepted even after the video is over.
  expect(await sendWebhook(fleet, await writeWebhook(fleet, still))).toBe(202);
});

test('a start that comes after the end changes nothing', async () => {
  await fleet.serve();
  const still = await endUnheard(fleet);
  await sendWebhook(fleet, await writeWebhook(fleet, still));
  const start = JSON.stringify({ id: still.predictionId, status: 'processing' });

  expect(await sendWebhook(fleet, await writeWebhook(fleet, still, { body: start }))).toBe(202);

  await expectMade(still.video, boughtOnce);
});

test('a webhook of a prediction that still runs is not believed', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  await fleet.serve();
  const video = await fleet.startVideo(brief);
  await until(async () => (await waitingAttempts(video)) > 1, { what: 'a first look at the still' });
  const [predictionId = ''] = control.counters().predictions.map(({ id }) => id);
  const { objectKey: ledgerKey } = await firstEntry(fleet, video);

  expect(await sendWebhook(fleet, await writeWebhook(fleet, { ledgerKey, predictionId }))).toBe(202);

  expect(await waitingAttempts(video)).toBeGreaterThan(1);
  expect((await firstEntry(fleet, video)).entry.state).toBe('submitted');
  control.release();
  await expectMade(video, boughtOnce);
});

test('a second prediction of the same order that turns up late is ended, and the first one counts', async () => {
  const { control } = fleet.standIn;
  await fleet.serve();
  const still = await endUnheard(fleet);
  control.setBarrier();
  const { objectKey: ledgerKey, entry } = await firstEntry(fleet, still.video);
  const host = fleet.dependencies.hosts.get(entry.host);
  const { hostModel: model, marker = {} } = entry;
  const input = { prompt: 'the same order', ...marker };
  const order = { kind: 'still', model, input, cancelAfterSeconds: 300 } as const;
  const { id: twin } = await host.createPrediction(order);

  expect(await sendWebhook(fleet, await writeWebhook(fleet, { ledgerKey, predictionId: twin }))).toBe(202);

  await until(async () => (await host.getPrediction(twin))?.state === 'canceled', {
    what: 'the twin is ended',
  });
  control.release();
  await sendWebhook(fleet, await writeWebhook(fleet, still));
  await expectMade(still.video, { creates: 3 });
  const held = await fleet.dependencies.ledger.read(ledgerKey);
  expect(held?.entry).toMatchObject({ predictionId: still.predictionId, state: 'succeeded' });
});

test('a webhook that is lost only costs the time to the next look', async () => {
  fleet.standIn.control.setFaults([{ times: 'always', fault: { type: 'webhookLost' } }]);
  await fleet.serve({ dependencies: { ...fleet.dependencies, pacer: nearSafetyNet } });

  await expectMade(await fleet.startVideo(brief), boughtOnce);

  expect(fleet.standIn.control.counters().webhooksSent).toBe(0);
});

test('a webhook that comes after a look has found the end changes nothing', async () => {
  fleet.standIn.control.setFaults([{ times: 'always', fault: { type: 'webhookLate', seconds: 2 } }]);
  await fleet.serve({ dependencies: { ...fleet.dependencies, pacer: nearSafetyNet } });

  await expectMade(await fleet.startVideo(brief), boughtOnce);

  await until(() => fleet.standIn.control.counters().webhooksSent === 2, { what: 'both late webhooks' });
  await fleet.webhooks?.endpoint.settled();
});

test('a webhook that comes before its activity is scheduled is made good by the first look', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  control.setFaults([{ fault: { type: 'delayReply', seconds: 1, when: 'after' } }]);
  await fleet.serve({ pools: ['generate', 'transfer', 'render'] });
  const orchestrator = await fleet.serve({ pools: ['orchestrator'] });
  const video = await fleet.startVideo(brief);
  await control.waitFor({ held: 1 });
  // Without an orchestrator the answer to the order stays unread in history.
  await orchestrator.stop();
  await until(async () => (await firstEntry(fleet, video)).entry.state === 'submitted', {
    what: 'the answer to the order',
  });
  control.release();
  await until(() => control.counters().webhooksSent === 1, { what: 'the webhook' });
  await fleet.webhooks?.endpoint.settled();
  expect((await firstEntry(fleet, video)).entry.state).toBe('succeeded');

  await fleet.serve({ pools: ['orchestrator'] });

  await expectMade(video, boughtOnce);
});

test('a webhook that is faster than the answer to its order leaves a hint, and the answer counts', async () => {
  fleet.standIn.control.setFaults([{ fault: { type: 'delayReply', seconds: 1, when: 'after' } }]);
  await fleet.serve();

  const video = await fleet.startVideo(brief);

  await expectMade(video, boughtOnce);
  expect(await hintsOf(video)).toEqual([fleet.standIn.control.counters().predictions[0]?.id]);
});

const lost: FaultRuleInput['fault'][] = [
  { type: 'loseReply' },
  { type: 'malformedJson' },
  { type: 'serverError', status: 502, when: 'after' },
];

test.each(lost)(
  'an order without a marker whose answer was lost to $type is found by its webhook',
  async (fault) => {
    const { control } = fleet.standIn;
    control.setFaults([{ match: { kind: 'still' }, fault }]);
    const catalogue = withoutMarkers(fleet.dependencies.catalogue);
    await fleet.serve({ dependencies: { ...fleet.dependencies, catalogue } });

    const video = await fleet.startVideo(brief);

    await expectMade(video, boughtOnce);
    expect(await hintsOf(video)).toEqual([control.counters().predictions[0]?.id]);
  },
);

const nearSafetyNet = createPollPacer({ readsPerSecond: 500, safetyNetMs: 1_000 });

async function expectMade(video: Video, expected: object): Promise<void> {
  const result = await video.result();
  expect(result.status).toBe('succeeded');
  expect(unitsOf(result, 'storyboard')[0]?.attempts).toBe(1);
  expect(fleet.standIn.control.counters()).toMatchObject(expected);
}

async function hintsOf({ id }: Video): Promise<(string | undefined)[]> {
  const hints: (string | undefined)[] = [];
  for await (const { key } of fleet.dependencies.store.list(`videos/${id}/webhooks/`))
    hints.push(key.split('/').at(-1)?.replace('.json', ''));
  return hints;
}

/** A model without a seed: its orders cannot be told apart in the host's list. */
function withoutMarkers(catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    find: (name, kind) => {
      const entry = catalogue.find(name, kind);
      const input = Object.entries(entry.input).filter(([, value]) => value !== '$seed');
      return kind === 'still' ? { ...entry, input: Object.fromEntries(input) } : entry;
    },
  };
}
