import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * An S3 server that keeps nothing: it counts bytes and answers what the ways of the benchmark ask, without looking at
 * signatures. So what is measured is who sends. Prints one line of JSON when it listens, ends with SIGTERM.
 */
const sizes = new Map<string, number>();
const uploads = new Map<string, Map<number, number>>();

const server = createServer((request, response) => {
  void answer(request, response);
});
// Every part of a fast client keeps its connection.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ origin: `http://127.0.0.1:${port}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store');
  const received = await count(request);
  const uploadId = searchParams.get('uploadId');
  if (request.method === 'PUT' && uploadId !== null) {
    uploads.get(uploadId)?.set(Number(searchParams.get('partNumber')), received);
    accept(response);
  } else if (request.method === 'PUT') {
    sizes.set(pathname, received);
    accept(response);
  } else if (request.method === 'POST' && searchParams.has('uploads')) beginUpload(pathname, response);
  else if (request.method === 'POST' && uploadId !== null) completeUpload(pathname, { uploadId, response });
  else if (request.method === 'HEAD' || (request.method === 'GET' && sizes.has(pathname)))
    describe(pathname, response);
  else if (request.method === 'DELETE') response.writeHead(204).end();
  else
    xml(
      response,
      '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>',
    );
}

/** The bytes of the body itself, without the chunk headers of a signed or summed stream. */
async function count(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  await new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => (bytes += chunk.byteLength));
    request.once('close', resolve).once('end', resolve);
  });
  const decoded = request.headers['x-amz-decoded-content-length'];
  return decoded === undefined ? bytes : Number(decoded);
}

const etag = `"${createHash('md5').update('nothing is kept').digest('hex')}"`;

function accept(response: ServerResponse): void {
  response.writeHead(200, { etag }).end();
}

function beginUpload(pathname: string, response: ServerResponse): void {
  const uploadId = `upload-${uploads.size + 1}`;
  uploads.set(uploadId, new Map());
  xml(
    response,
    `<InitiateMultipartUploadResult><Key>${pathname}</Key><UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`,
  );
}

function completeUpload(
  pathname: string,
  { uploadId, response }: { uploadId: string; response: ServerResponse },
): void {
  const parts = [...(uploads.get(uploadId)?.values() ?? [])];
  sizes.set(
    pathname,
    parts.reduce((sum, size) => sum + size, 0),
  );
  xml(
    response,
    `<CompleteMultipartUploadResult><Key>${pathname}</Key><ETag>${etag}</ETag></CompleteMultipartUploadResult>`,
  );
}

function describe(pathname: string, response: ServerResponse): void {
  const size = sizes.get(pathname);
  if (size === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    etag,
    // What a store says that sums whole objects itself.
    'x-amz-checksum-crc32': 'AAAAAA==',
    'x-amz-checksum-type': 'FULL_OBJECT',
    'content-length': size,
    'content-type': 'video/mp4',
    'last-modified': new Date().toUTCString(),
  });
  response.end();
}

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}
