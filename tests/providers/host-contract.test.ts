import { inspect } from 'node:util';

import { registeredHosts } from '../../activities/providers/registry.ts';
import type { OpenHost } from '../../activities/providers/host-registration.ts';
import type { CreatedPrediction, EndedStatus, OrderKind } from '../../activities/providers/model-host.ts';
import { until } from '../support/until.ts';
import { withStandIn, type Api } from '../stand-in/stand-in-harness.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import type { StandInOptions } from '../../workers/dev/stand-in/stand-in-options.ts';
import type { HostFace, LookSituation, OrderSituation } from './support/host-faces.ts';
import { hostFaces } from './support/host-faces.ts';
import type { RawAnswer, RawHost } from './support/start-raw-host.ts';
import { startRawHost } from './support/start-raw-host.ts';

const token = 'sk-a-key-nobody-may-read';

test('every host that workers know stands in this contract', () => {
  expect(hostFaces.map(({ name }) => name)).toEqual(registeredHosts.map(({ name }) => name));
});

describe.each(hostFaces)('$name', (face) => {
  let raw: RawHost;
  let host: OpenHost;

  beforeAll(async () => {
    raw = await startRawHost();
    host = face.open({ baseUrl: raw.origin, token });
  });
  afterAll(async () => {
    await host.close();
    await raw.stop();
  });

  test.each(Object.keys(face.looks) as LookSituation[])('a look where %s', async (situation) => {
    const { answer, expected } = face.looks[situation];
    raw.answer(answer);

    const found: unknown = await host.getPrediction('12').catch((error: unknown) => error);

    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
    expect(inspect(found, { depth: 10 })).not.toContain(token);
  });

  test.each(Object.keys(face.answers) as OrderSituation[])(
    'an order is posted once where %s',
    async (situation) => {
      const { answer, expected } = face.answers[situation];
      raw.answer(answer);

      const found: unknown = await host.createPrediction(face.orders.clip).catch((error: unknown) => error);

      expect(found).toMatchObject(expected ?? {});
      expect(raw.requests).toHaveLength(1);
      expect(inspect(found, { depth: 10 })).not.toContain(token);
    },
  );

  test.each(['clip', 'still', 'score'] as const)(
    'an order of a %s that is not answered in time is lost, and a look is to be repeated',
    async (kind) => {
      raw.answer(() => undefined);
      const hasty = face.open({ baseUrl: raw.origin, token, longestCallMs: 100 });

      await expect(hasty.createPrediction(face.orders[kind])).rejects.toMatchObject({ name: 'LostAnswer' });
      // On a machine slower than the call's time-out, not even the first one arrives.
      expect(raw.requests.length).toBeLessThanOrEqual(1);
      await expect(hasty.getPrediction('12')).rejects.toMatchObject({ type: 'ProviderUnavailable' });
      await hasty.close();
    },
  );

  test('an answer without an end is not read to its end', async () => {
    let sentMiB = 0;
    raw.answer(endless(() => (sentMiB += 1)));

    await expect(host.createPrediction(face.orders.clip)).rejects.toMatchObject({ name: 'LostAnswer' });
    await expect(host.getPrediction('12')).rejects.toMatchObject({ type: 'ProviderUnavailable' });
    // Each of the two may be read up to 64 MiB, and sockets buffer some more.
    expect(sentMiB).toBeLessThan(2 * 64 + 64);
  });

  test('where nobody listens, nothing was ordered', async () => {
    const nobody = await startRawHost();
    await nobody.stop();
    const gone = face.open({ baseUrl: nobody.origin, token });

    await expect(gone.createPrediction(face.orders.clip)).rejects.toMatchObject({
      type: 'ProviderUnavailable',
    });
    await gone.close();
  });

  test.each(['clip', 'still', 'score'] as const)(
    'on the stand-in, an order of a %s comes to one file that can be fetched',
    async (kind) => {
      await onStandIn(face, {}, async ({ own, api }) => {
        const created = await own.createPrediction(face.orders[kind]);
        const ended = await endOf(own, created);

        expect(ended).toMatchObject({ state: 'succeeded', dataRemoved: false });
        const [url = ''] = ended.state === 'succeeded' ? ended.outputUrls : [];
        expect((await api.send('GET', url)).status).toBe(200);
        // Either the answer is the outcome and the host forgets it, or the prediction can be looked at.
        const isKnown = (await own.getPrediction(created.id)) !== undefined;
        expect([created.ended !== undefined, isKnown]).toEqual([
          own.answersAtOnce(kind),
          !own.answersAtOnce(kind),
        ]);
      });
    },
  );

  test('on the stand-in, content that the filter takes is refused by name, whoever says it when', async () => {
    for (const kind of ['clip', 'still', 'score'] as const) {
      await onStandIn(face, {}, async ({ own, standIn }) => {
        standIn.control.setFaults([{ fault: { type: 'refuse' } }]);

        const refused = await own.createPrediction(face.orders[kind]).then(
          (created) => endOf(own, created),
          (error: unknown) => error,
        );

        expect([kind, refused]).toMatchObject([kind, { type: 'ContentRejected' }]);
      });
    }
  });

  test('on the stand-in, a cancellation ends what runs, or says that the host cannot', async () => {
    await onStandIn(face, { clipSeconds: 60 }, async ({ own, standIn }) => {
      const { id } = await own.createPrediction(face.orders.clip);

      const canceled: unknown = await own.cancelPrediction(id).catch((error: unknown) => error);

      const status = await own.getPrediction(id);
      if (own.canCancel) expect([canceled, status]).toMatchObject([undefined, { state: 'canceled' }]);
      else expect([canceled, status]).toMatchObject([{ type: 'InvalidRequest' }, { state: 'running' }]);
      expect(standIn.control.counters().cancels).toBe(own.canCancel ? 1 : 0);
    });
  });

  test('on the stand-in, the list shows what was ordered, or a person has to look', async () => {
    await onStandIn(face, { clipSeconds: 60 }, async ({ own }) => {
      const { id } = await own.createPrediction(face.orders.clip);

      const listed: unknown = await firstOf(own).catch((error: unknown) => error);

      expect(listed).toMatchObject(own.canList ? { id } : { type: 'NeedsReconcile' });
    });
  });

  test('on the stand-in, an output that has expired is said to be gone', async () => {
    await onStandIn(face, {}, async ({ own, standIn }) => {
      const created = await own.createPrediction(face.orders.clip);
      await endOf(own, created);

      standIn.control.expire(created.id);

      expect(await own.getPrediction(created.id)).toMatchObject({ state: 'succeeded', dataRemoved: true });
    });
  });

  test('on the stand-in, an account that is throttled names its delay, and nothing was ordered', async () => {
    await onStandIn(face, {}, async ({ own, standIn }) => {
      standIn.control.setRateLimit({ perMinute: 6, burst: 1, header: true });
      await own.createPrediction(face.orders.clip);

      const busy: unknown = await own.createPrediction(face.orders.clip).catch((error: unknown) => error);

      expect(busy).toMatchObject({ type: 'ProviderBusy', retryAfterMs: 10_000 });
      expect(standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 2 });
    });
  });

  test('on the stand-in, a key is told from another one by a read that makes nothing', async () => {
    await onStandIn(face, {}, async ({ own, standIn }) => {
      const wrong = face.open({ baseUrl: face.addressOf(standIn), token: 'sk-wrong' });

      expect(await own.checkKey()).toContain(face.addressOf(standIn));
      await expect(wrong.checkKey()).rejects.toMatchObject({ type: 'CredentialsRejected' });
      expect(standIn.control.counters().createRequests).toBe(0);
      await wrong.close();
    });
  });

  test('on the stand-in, a file that is handed over can be the first frame of footage', async () => {
    await onStandIn(face, { drawing: 'full' }, async ({ own, standIn }) => {
      const picture = await fetchStill(own, face);
      const file = { name: 'a.png', contentType: 'image/png', sizeBytes: picture.byteLength };

      const given = await own.uploadFile({ ...file, body: pieces(picture) });
      const { clip } = face.orders;
      const input = { ...clip.input, first_frame_image: given, resolution: smallest(face) };
      const created = await own.createPrediction({ ...clip, input });

      expect(await endOf(own, created)).toMatchObject({ state: 'succeeded' });
      expect(standIn.control.counters().createsByKind).toEqual({ still: 1, clip: 1, score: 0 });
    });
  });

  test('the longest that an order takes is longer than what is measured of it', () => {
    const longest: Record<OrderKind, number> = { clip: 5_000, still: 5_000, score: 5_000 };
    // Pictures are answered within half a minute, music within two.
    if (host.answersAtOnce('still')) Object.assign(longest, { still: 30_000, score: 120_000 });
    for (const kind of ['clip', 'still', 'score'] as const) {
      expect(host.createTimeoutMs(kind)).toBeGreaterThan(longest[kind]);
    }
  });
});

/** Sends MiB after MiB as the reader takes them, until it disconnects. */
function endless(onSent: () => void): RawAnswer {
  return (_request, response) => {
    const block = Buffer.alloc(1024 * 1024, ' ');
    response.on('error', () => undefined);
    response.writeHead(200, { 'content-type': 'application/json' });
    const send = () => {
      if (response.destroyed) return;
      onSent();
      response.write(block, (error) => {
        if (!error) setImmediate(send);
      });
    };
    send();
  };
}

interface OnStandIn {
  readonly own: OpenHost;
  readonly api: Api;
  readonly standIn: StandIn;
}

async function onStandIn(
  face: HostFace,
  options: Partial<StandInOptions>,
  check: (world: OnStandIn) => Promise<void>,
): Promise<void> {
  await withStandIn({ token, ...options }, async (api, standIn) => {
    const own = face.open({ baseUrl: face.addressOf(standIn), token });
    try {
      await check({ own, api, standIn });
    } finally {
      await own.close();
    }
  });
}

async function endOf(host: OpenHost, { id, ended }: CreatedPrediction): Promise<EndedStatus> {
  if (ended) return ended;
  return until(
    async () => {
      const status = await host.getPrediction(id);
      return status && status.state !== 'running' ? status : undefined;
    },
    { what: `prediction ${id} ends` },
  );
}

async function firstOf(host: OpenHost): Promise<unknown> {
  for await (const listed of host.listRecent(new Date(0))) return listed;
  return undefined;
}

async function fetchStill(host: OpenHost, face: HostFace): Promise<Buffer> {
  const ended = await endOf(host, await host.createPrediction(face.orders.still));
  const [url = ''] = ended.state === 'succeeded' ? ended.outputUrls : [];
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

function smallest({ name }: HostFace): string {
  return name === 'minimax' ? '512P' : '512p';
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let start = 0; start < bytes.byteLength; start += 1000) yield bytes.subarray(start, start + 1000);
}
