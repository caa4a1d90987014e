import { createHash } from 'node:crypto';
import { withStandIn } from './stand-in-harness.ts';

const boundary = 'a-line-that-nothing-else-begins-with';

/** A form as a client would send it. */
function form(fields: Record<string, { content: Buffer; headers?: string }>): {
  body: Buffer;
  headers: Record<string, string>;
} {
  const parts = Object.entries(fields).flatMap(([name, { content, headers = '' }]) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="f.bin"\r\n${headers}\r\n`,
    ),
    content,
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

test('an upload is described, listed, downloaded byte by byte and deleted', async () => {
  await withStandIn({}, async (api) => {
    const content = Buffer.from('\r\n--a-line\r\nnot the boundary\0\xff', 'latin1');
    const upload = form({
      content: { content, headers: 'Content-Type: image/png\r\n' },
      metadata: { content: Buffer.from('{"beat":3}') },
    });
    const { status, json } = await api.send('POST', '/v1/files', upload);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      content_type: 'image/png',
      size: content.length,
      checksums: { sha256: createHash('sha256').update(content).digest('hex') },
      metadata: { beat: 3 },
    });
    expect((await api.send('GET', json.urls.get)).json).toEqual(json);
    expect((await api.send('GET', '/v1/files')).json.results).toEqual([json]);
    expect((await api.send('GET', `${json.urls.get}/download`)).bytes.equals(content)).toBe(true);
    expect((await api.send('DELETE', json.urls.get)).status).toBe(204);
    expect((await api.send('GET', json.urls.get)).status).toBe(404);
  });
});

test('a body without content or of another type is refused', async () => {
  await withStandIn({}, async (api) => {
    expect((await api.send('POST', '/v1/files', form({ type: { content: Buffer.from('x') } }))).status).toBe(
      400,
    );
    expect((await api.send('POST', '/v1/files', { body: { content: 'x' } })).status).toBe(400);
  });
});
