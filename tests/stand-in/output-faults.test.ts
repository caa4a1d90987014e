import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { models, outputUrl, withStandIn } from './stand-in-harness.ts';
import type { Api } from './stand-in-harness.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';

/** The bytes that a plain reader got before the end, and the kind of end. */
interface Received {
  readonly bytes: Buffer;
  readonly isComplete: boolean;
  readonly headers: IncomingMessage['headers'];
}

function receive(url: string, { stopAfterBytes = Infinity } = {}): Promise<Received> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const end = (): void => {
        resolve({ bytes: Buffer.concat(chunks), isComplete: response.complete, headers: response.headers });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (Buffer.concat(chunks).length < stopAfterBytes) return;
        end();
        request.destroy();
      });
      response.on('error', () => undefined);
      response.on('close', end);
    });
    request.on('error', () => undefined);
  });
}

/** Runs a test on one output whose delivery goes wrong. */
async function withOutput(
  rules: readonly FaultRuleInput[],
  test: (
    output: { url: string; whole: Buffer; etag: string; id: string },
    api: Api,
    standIn: StandIn,
  ) => Promise<void>,
): Promise<void> {
  await withStandIn({}, async (api, standIn) => {
    const { json } = await api.create(models.clip, {}, { prefer: 'wait' });
    const { bytes, headers } = await api.send('GET', outputUrl(json));
    standIn.control.setFaults(rules);
    await test(
      { url: outputUrl(json), whole: bytes, etag: String(headers['etag']), id: json.id },
      api,
      standIn,
    );
  });
}

test('an output has a strong ETag, a length, a type, and ranges that If-Range guards', async () => {
  await withOutput([], async ({ url, whole, etag }, api) => {
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const head = await api.send('HEAD', url);
    expect(head.headers).toMatchObject({
      etag,
      'content-length': String(whole.length),
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
    });
    const part = await api.send('GET', url, { headers: { range: 'bytes=100-', 'if-range': etag } });
    expect([part.status, part.headers['content-range']]).toEqual([
      206,
      `bytes 100-${whole.length - 1}/${whole.length}`,
    ]);
    expect(part.bytes.equals(whole.subarray(100))).toBe(true);
    expect(
      (await api.send('GET', url, { headers: { range: 'bytes=-7' } })).bytes.equals(whole.subarray(-7)),
    ).toBe(true);
    const other = await api.send('GET', url, { headers: { range: 'bytes=100-', 'if-range': '"other"' } });
    expect([other.status, other.bytes.length]).toEqual([200, whole.length]);
    const outside = await api.send('GET', url, { headers: { range: `bytes=${whole.length}-` } });
    expect([outside.status, outside.headers['content-range']]).toEqual([416, `bytes */${whole.length}`]);
  });
});

test('a truncated output promises its length and ends early', async () => {
  await withOutput([{ fault: { type: 'truncateOutput', afterBytes: 500 } }], async ({ url, whole }) => {
    const got = await receive(url);
    expect(got.isComplete).toBe(false);
    expect(got.headers['content-length']).toBe(String(whole.length));
    expect(got.bytes.equals(whole.subarray(0, 500))).toBe(true);
    expect((await receive(url)).bytes.equals(whole)).toBe(true);
  });
});

test('a truncation delimited by the end of the connection looks complete', async () => {
  await withOutput(
    [{ fault: { type: 'closeDelimitedTruncation', afterBytes: 500 } }],
    async ({ url, whole }) => {
      const got = await receive(url);
      expect(got.isComplete).toBe(true);
      expect(got.headers['content-length']).toBeUndefined();
      expect(got.headers['transfer-encoding']).toBeUndefined();
      expect(got.bytes.equals(whole.subarray(0, 500))).toBe(true);
    },
  );
});

test('a stalled output sends its first bytes and keeps the connection silent', async () => {
  await withOutput([{ fault: { type: 'stallOutput', afterBytes: 700 } }], async ({ url, whole }) => {
    const got = await receive(url, { stopAfterBytes: 700 });
    expect(got.bytes.equals(whole.subarray(0, 700))).toBe(true);
    expect(got.isComplete).toBe(false);
  });
});

test('a trickled output arrives in full, in many small pieces', async () => {
  const fault = { type: 'trickleOutput', chunkBytes: 500, delayMs: 1 } as const;
  await withOutput([{ fault }], async ({ url, whole }, api) => {
    expect((await api.send('GET', url)).bytes.equals(whole)).toBe(true);
  });
});

test('a dropped output can be resumed by range until it is whole', async () => {
  await withOutput(
    [{ times: 3, fault: { type: 'dropOutput', afterBytes: 800 } }],
    async ({ url, whole, etag }) => {
      let bytes = Buffer.alloc(0);
      let requests = 0;
      while (bytes.length < whole.length) {
        const headers = { range: `bytes=${bytes.length}-`, 'if-range': etag };
        bytes = Buffer.concat([bytes, await receivePart(url, headers)]);
        requests += 1;
      }
      expect(requests).toBe(4);
      expect(bytes.equals(whole)).toBe(true);
    },
  );
});

function receivePart(url: string, headers: Record<string, string>): Promise<Buffer> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => undefined);
      response.on('close', () => {
        resolve(Buffer.concat(chunks));
      });
    });
    request.on('error', () => undefined);
  });
}

test('a changed ETag makes a guarded range start over', async () => {
  await withOutput(
    [{ times: 'always', fault: { type: 'changeEtag' } }],
    async ({ url, whole, etag }, api) => {
      const answer = await api.send('GET', url, { headers: { range: 'bytes=10-', 'if-range': etag } });
      expect([answer.status, answer.bytes.length]).toEqual([200, whole.length]);
      expect(answer.headers['etag']).not.toBe(etag);
    },
  );
});

test('an output that expires is gone for good, and its prediction says so', async () => {
  await withOutput([{ fault: { type: 'expireOutput' } }], async ({ url, id }, api) => {
    expect((await api.send('GET', url)).status).toBe(404);
    expect((await api.send('GET', url)).status).toBe(404);
    const { json } = await api.send('GET', `/v1/predictions/${id}`);
    expect(json).toMatchObject({ status: 'succeeded', output: null, data_removed: true });
  });
});

test('an output can fail once with any status', async () => {
  await withOutput([{ fault: { type: 'outputError', status: 403 } }], async ({ url }, api) => {
    expect((await api.send('GET', url)).status).toBe(403);
    expect((await api.send('GET', url)).status).toBe(200);
  });
});

test('a page of HTML can stand where the file should be', async () => {
  await withOutput([{ fault: { type: 'htmlOutput' } }], async ({ url }, api) => {
    const answer = await api.send('GET', url);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

test('ranges can be ignored', async () => {
  await withOutput([{ fault: { type: 'noRanges' } }], async ({ url, whole }, api) => {
    const answer = await api.send('GET', url, { headers: { range: 'bytes=10-' } });
    expect([answer.status, answer.bytes.length]).toEqual([200, whole.length]);
    expect(answer.headers).not.toHaveProperty('accept-ranges');
  });
});

test('bytes that were sent are counted, also when the rest is not', async () => {
  await withOutput(
    [{ fault: { type: 'truncateOutput', afterBytes: 500 } }],
    async ({ url, whole }, _, { control }) => {
      await receive(url);
      expect(control.counters()).toMatchObject({ outputRequests: 2, bytesServed: whole.length + 500 });
    },
  );
});
