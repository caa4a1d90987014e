import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { assertConditionalWrites } from '../../storage/conditional-writes.ts';
import { connectS3, type S3Connection } from '../../storage/create-s3-client.ts';
import { abortUpload, completeUpload, listOpenUploads, listParts } from '../../storage/multipart-upload.ts';
import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { createPresignGet } from '../../storage/presign-get.ts';

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly xml?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let server: Server;
let answer: (request: IncomingMessage) => Answer;
let calls: string[];
let store: ObjectStore;
let s3: S3Connection;

/** The variables from which the SDK reads credentials. */
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
const before = { ...process.env };

beforeAll(async () => {
  Object.assign(process.env, keys);
  server = createServer((request, response) => {
    calls.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const { status, code, xml = '', headers = {} } = answer(request);
    request.resume().once('end', () => {
      const body =
        code === undefined ? xml : `<Error><Code>${code}</Code><Message>In words.</Message></Error>`;
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  s3 = connectS3(settings());
  store = createObjectStore(s3);
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

test('a list of parts that names a next one after its last ends there', async () => {
  const part = (number: number) =>
    `<Part><PartNumber>${number}</PartNumber><ETag>"e${number}"</ETag><Size>5</Size></Part>`;
  answer = ({ url }) => {
    const marker = Number(new URL(url ?? '', 'http://store').searchParams.get('part-number-marker') ?? 0);
    const [next, isTruncated] = marker === 0 ? [1, true] : [0, false];
    const body = `<IsTruncated>${isTruncated}</IsTruncated><NextPartNumberMarker>${next}</NextPartNumberMarker>`;
    return { status: 200, xml: `<ListPartsResult>${body}${part(marker + 1)}</ListPartsResult>` };
  };

  expect(await listParts(s3, { key: 'a', uploadId: 'u' })).toMatchObject([
    { partNumber: 1, etag: '"e1"', sizeBytes: 5 },
    { partNumber: 2, etag: '"e2"', sizeBytes: 5 },
  ]);
  expect(calls).toHaveLength(2);
});

test.each<[string, string, () => Promise<unknown>]>([
  [
    'parts',
    '<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker></ListPartsResult>',
    () => listParts(s3, { key: 'a', uploadId: 'u' }),
  ],
  [
    'uploads',
    '<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker></ListMultipartUploadsResult>',
    () => listOpenUploads(s3, 'a'),
  ],
  [
    'objects',
    '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>',
    () => store.list('a').next(),
  ],
])('a list of %s that answers the same page again is not followed for ever', async (_what, xml, list) => {
  answer = () => ({ status: 200, xml });

  await expect(list()).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringMatching(/^Listing .*a.* failed: the object store answers the same page/) as string,
  });
  expect(calls).toHaveLength(2);
});

test.each<[string, Answer]>([
  ['its own code', { status: 404, code: 'NoSuchUpload' }],
  ['the code of an object', { status: 404, code: 'NoSuchKey' }],
  ['no words at all', { status: 404 }],
])('an upload that a store does not know any more, in %s, is gone and no failure', async (_what, gone) => {
  answer = () => gone;
  const upload = { key: 'a', uploadId: 'u' };

  expect(await listParts(s3, upload)).toBeUndefined();
  expect(await completeUpload(s3, { ...upload, parts: [], totalBytes: 5 })).toBe('gone');
  await abortUpload(s3, upload);
});

test('a bucket that is not there is no upload that is gone', async () => {
  answer = () => ({ status: 404, code: 'NoSuchBucket' });

  await expect(listParts(s3, { key: 'a', uploadId: 'u' })).rejects.toMatchObject({
    message: expect.stringContaining('there is no bucket videos') as string,
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
  const address = await createPresignGet(s3)('a', { expiresSeconds: 60, publicEndpoint: true });

  expect(new URL(address).pathname).toBe('/storage/v1/videos/a');
});
