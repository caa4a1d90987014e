import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { createHostFiles } from '../../activities/providers/address-file.ts';
import type { ModelHost } from '../../activities/providers/model-host.ts';
import { until } from '../support/until.ts';
import type { Api } from '../stand-in/stand-in-harness.ts';
import { models, withStandIn } from '../stand-in/stand-in-harness.ts';
import { noise, sha256 } from '../storage/test-files.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import type { StandInOptions } from '../../workers/dev/stand-in/stand-in-options.ts';

const order = {
  kind: 'still' as const,
  model: models.still,
  input: { prompt: 'A lamp', seed: 7 },
  cancelAfterSeconds: 60,
};

test('an order is accepted, looked at until it has ended, and listed', async () => {
  await withHost({}, async (host) => {
    const { id } = await host.createPrediction(order);

    const ended = await until(
      async () => {
        const status = await host.getPrediction(id);
        return status?.state === 'running' ? undefined : status;
      },
      { what: 'the prediction ends' },
    );

    expect(ended).toMatchObject({ state: 'succeeded', dataRemoved: false });
    const listed = [];
    for await (const found of host.listRecent(new Date(Date.now() - 60_000))) listed.push(found);
    expect(listed).toMatchObject([{ id, input: order.input }]);
  });
});

test('more than a page of predictions is listed', async () => {
  await withHost({ stillSeconds: 60 }, async (host) => {
    const ids = await Promise.all(
      Array.from({ length: 103 }, async () => (await host.createPrediction(order)).id),
    );

    const listed = new Set<string>();
    for await (const { id } of host.listRecent(new Date(Date.now() - 60_000))) listed.add(id);

    expect(listed).toEqual(new Set(ids));
  });
});

test('a running prediction that is canceled is canceled, and again without harm', async () => {
  await withHost({ stillSeconds: 60 }, async (host) => {
    const { id } = await host.createPrediction(order);

    await host.cancelPrediction(id);
    await host.cancelPrediction(id);

    expect(await host.getPrediction(id)).toMatchObject({ state: 'canceled' });
  });
});

test('a cancellation leaves what has ended as it is', async () => {
  await withHost({}, async (host) => {
    const { id } = await host.createPrediction(order);
    await until(async () => (await host.getPrediction(id))?.state === 'succeeded', { what: 'it ends' });

    await host.cancelPrediction(id);

    expect(await host.getPrediction(id)).toMatchObject({ state: 'succeeded' });
  });
});

test('the deadline reaches the host', async () => {
  await withHost({ stillSeconds: 60 }, async (host, api) => {
    const { id } = await host.createPrediction({ ...order, cancelAfterSeconds: 90 });

    const { json } = await api.send('GET', `/v1/predictions/${id}`, { headers: bearer });

    expect(Date.parse(json.deadline) - Date.parse(json.created_at)).toBe(90_000);
  });
});

test('a prediction whose retention is over says that its data was removed', async () => {
  await withHost({}, async (host, _api, standIn) => {
    const { id } = await host.createPrediction(order);
    await until(async () => (await host.getPrediction(id))?.state === 'succeeded', { what: 'it ends' });

    standIn.control.expire(id);

    expect(await host.getPrediction(id)).toMatchObject({
      state: 'succeeded',
      outputUrls: [],
      dataRemoved: true,
    });
  });
});

test('a wrong token is named, and never repeated', async () => {
  await withHost({}, async (_host, _api, standIn) => {
    const wrong = createReplicateHost({ baseUrl: standIn.baseUrl, token: 'r8_wrong' });

    const failure: unknown = await wrong.createPrediction(order).catch((error: unknown) => error);

    expect(failure).toMatchObject({ type: 'CredentialsRejected' });
    expect(String(failure)).toContain('REPLICATE_API_TOKEN');
    expect(String(failure)).not.toContain('r8_wrong');
    await wrong.close();
  });
});

test.each([0, 1, 70_001])(
  'a file of %i bytes arrives at the host byte for byte, under an address of its own',
  async (sizeBytes) => {
    await withHost({}, async (host, api) => {
      const bytes = noise(sizeBytes);
      const file = { name: 'fr"ame\r\n 00.png', contentType: 'image/png', sizeBytes };

      const first = await host.uploadFile({ ...file, body: inPieces(bytes) });
      const second = await host.uploadFile({ ...file, body: inPieces(bytes) });

      expect(first).not.toBe(second);
      expect(await describeFile(api, first)).toMatchObject({
        size: sizeBytes,
        checksums: { sha256: sha256(bytes) },
        content_type: 'image/png',
      });
    });
  },
);

test('a file that breaks off on its way to the host can be tried again', async () => {
  await withHost({}, async (host) => {
    const body = (async function* broken() {
      await Promise.resolve();
      yield noise(10);
      throw new Error('The store went away.');
    })();

    const upload = host.uploadFile({ name: 'a.png', contentType: 'image/png', sizeBytes: 1000, body });

    await expect(upload).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  });
});

test('a file is given by its address where the store can be reached from outside, else by upload', async () => {
  const file = { key: 'videos/a/stills/b1.png', sizeBytes: 3, sha256: 'ab', contentType: 'image/png' };
  await withHost({}, async (host, api) => {
    const read = () => Promise.resolve(inPieces(Buffer.from('abc')));
    const { signal } = new AbortController();
    const outside = createHostFiles({
      publicAddress: () => Promise.resolve('https://s3.example.com/a?s=1'),
      read,
    });
    const inside = createHostFiles({ publicAddress: () => undefined, read });

    expect(await outside(host, signal)(file)).toBe('https://s3.example.com/a?s=1');
    const uploaded = await inside(host, signal)(file);
    expect(await describeFile(api, uploaded)).toMatchObject({
      checksums: { sha256: sha256(Buffer.from('abc')) },
    });
  });
});

const token = 'r8_right';
const bearer = { authorization: `Bearer ${token}` };

async function withHost(
  options: Partial<StandInOptions>,
  check: (host: ModelHost, api: Api, standIn: StandIn) => Promise<void>,
): Promise<void> {
  await withStandIn({ token, ...options }, async (api, standIn) => {
    const host = createReplicateHost({ baseUrl: standIn.baseUrl, token });
    try {
      await check(host, api, standIn);
    } finally {
      await host.close();
    }
  });
}

async function describeFile(api: Api, address: string): Promise<unknown> {
  return (await api.send('GET', address, { headers: bearer })).json;
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let start = 0; start < bytes.byteLength; start += 1000) yield bytes.subarray(start, start + 1000);
}
