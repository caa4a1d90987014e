import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { createChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import { HostHttp } from '../../activities/providers/host-http.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { allowListPolicy, parseAllowList } from '../../storage/output-address.ts';
import { createPartSender } from '../../storage/part-sender.ts';
import { createSafeAgent } from '../../storage/safe-agent.ts';
import { safeGet } from '../../storage/safe-request.ts';
import { askStatus } from '../../workers/doctor/ask-status.ts';

let server: Server;
let origin: string;
let names: (string | undefined)[];

beforeAll(async () => {
  server = createServer((request, response) => {
    names.push(request.headers['user-agent']);
    request.resume().once('end', () => response.writeHead(200, { etag: '"e"' }).end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  names = [];
  process.env['AWS_ACCESS_KEY_ID'] ??= 'a-key';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'a-secret';
});
afterAll(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

test.each<[string, () => Promise<unknown>]>([
  ['a host', askHost],
  ['a language model', askModel],
  ['the server of an output', readOutput],
  ['the object store, for a part', sendPart],
  ['an address that the doctor opens', () => askStatus(origin, 5_000)],
])('%s is told who we are', async (_what, ask) => {
  await ask();

  expect(names).toEqual([expect.stringMatching(/^beatreel\/\d/)]);
});

async function askHost(): Promise<void> {
  const http = new HostHttp({ baseUrl: origin, token: undefined });
  await http.read({ method: 'GET', path: '/account', attempt: 'Asking' });
  await http.close();
}

async function askModel(): Promise<void> {
  const model = createChatCompletionsModel({ baseUrl: origin, apiKey: undefined });
  await model.listModels().catch(() => undefined);
  await model.close();
}

async function readOutput(): Promise<void> {
  const agent = createSafeAgent({});
  const policy = allowListPolicy(parseAllowList(origin));
  const { body } = await safeGet(
    { agent, policy },
    { address: `${origin}/a`, signal: AbortSignal.timeout(5_000) },
  );
  await text(body);
  await agent.close();
}

async function sendPart(): Promise<void> {
  const s3 = connectS3({
    ...{ endpoint: origin, bucket: 'films', region: 'x' },
    ...{ forcePathStyle: true, checksum: 'when_required' },
  });
  const sender = createPartSender(s3);
  const part = { key: 'a', uploadId: 'u', partNumber: 1, sizeBytes: 3, signal: AbortSignal.timeout(5_000) };
  await sender.send({ ...part, body: Readable.from([Buffer.from('abc')]) });
  await sender.close();
  s3.client.destroy();
}
