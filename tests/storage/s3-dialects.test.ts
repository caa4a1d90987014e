import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { assertConditionalWrites } from '../../storage/conditional-writes.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { createPresignGet } from '../../storage/presign-get.ts';

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let server: Server;
let answer: (request: IncomingMessage) => Answer;
let calls: string[];
let store: ObjectStore;

/** As an SDK without a store of its own reads them. */
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
const before = { ...process.env };

beforeAll(async () => {
  Object.assign(process.env, keys);
  server = createServer((request, response) => {
    calls.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const { status, code, headers = {} } = answer(request);
    request.resume().once('end', () => {
      const body =
        code === undefined ? '' : `<Error><Code>${code}</Code><Message>In words.</Message></Error>`;
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  store = createObjectStore(connectS3(settings()));
});
beforeEach(() => {
  calls = [];
});
afterAll(async () => {
  store.close();
  server.closeAllConnections();
  await once(server.close(), 'close');
  process.env = before;
});

function settings() {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/storage/v1`;
  return {
    endpoint,
    bucket: 'videos',
    region: 'x',
    forcePathStyle: true,
    checksum: 'when_required',
  } as const;
}

test.each<[number, string]>([
  [400, 'MissingContentMD5'],
  [400, 'InvalidRequest'],
  [405, 'MethodNotAllowed'],
  [501, 'NotImplemented'],
])(
  'a store that answers a batch of deletions with %i %s is asked for one after the other',
  async (status, code) => {
    answer = ({ method }) => (method === 'POST' ? { status, code } : { status: 204 });

    await store.deleteMany(['a', 'b']);

    expect(calls.filter((call) => call.startsWith('DELETE'))).toEqual([
      'DELETE /storage/v1/videos/a?x-id=DeleteObject',
      'DELETE /storage/v1/videos/b?x-id=DeleteObject',
    ]);
  },
);

test('a batch of deletions that is not allowed is not tried one by one', async () => {
  answer = () => ({ status: 403, code: 'AccessDenied' });

  await expect(store.deleteMany(['a'])).rejects.toMatchObject({
    type: 'StoreRefused',
    message: 'Deleting 1 objects failed: the object store answered 403 AccessDenied, "In words".',
  });
  expect(calls.filter((call) => call.startsWith('DELETE'))).toEqual([]);
});

test('a store that knows no conditional writes cannot hold the ledger, and is not called away', async () => {
  answer = ({ method }) => (method === 'PUT' ? { status: 501, code: 'NotImplemented' } : { status: 204 });

  await expect(assertConditionalWrites(store, 'checks/')).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringMatching(
      /^The object store cannot hold the ledger: it knows no conditional writes/,
    ) as string,
  });
});

test('a HEAD that is refused names the permissions', async () => {
  answer = () => ({ status: 403 });

  await expect(store.head('a')).rejects.toMatchObject({
    type: 'StoreRefused',
    message: expect.stringContaining('s3:ListBucket') as string,
  });
});

test('an address that opens an object keeps the path of the endpoint', async () => {
  const s3 = connectS3(settings());
  const address = await createPresignGet(s3)('a', { expiresSeconds: 60, publicEndpoint: true });
  s3.client.destroy();

  expect(new URL(address).pathname).toBe('/storage/v1/videos/a');
});
