import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * A model host that serves one file at /file-<MiB>.mp4, of that size, with ETag and ranges, as fast as it can. The file
 * begins as an MP4 does; the rest is one box. Prints one line of JSON when it listens, ends with SIGTERM.
 */
const chunk = Buffer.alloc(1024 * 1024, 'beatreel');
const mebibyte = 1024 * 1024;

const server = createServer((request, response) => {
  const sizeMiB = Number(/^\/file-(\d+)\.mp4$/.exec(request.url ?? '')?.[1] ?? 0);
  const totalBytes = sizeMiB * mebibyte;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = Math.min(to === undefined || to === '' ? Infinity : Number(to), totalBytes - 1);
  response.writeHead(from === undefined ? 200 : 206, {
    'content-type': 'video/mp4',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    etag: `"${totalBytes}"`,
    'last-modified': 'Tue, 24 Nov 2026 00:00:00 GMT',
    ...(from !== undefined && { 'content-range': `bytes ${start}-${end}/${totalBytes}` }),
  });
  if (request.method === 'HEAD') response.end();
  else void send(response, { start, end, totalBytes });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ origin: `http://127.0.0.1:${port}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));

interface FileRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
  readonly totalBytes: number;
}

async function send(response: ServerResponse, { start, end, totalBytes }: FileRange): Promise<void> {
  const head = fileHead(totalBytes);
  let next = start;
  while (next <= end && !response.destroyed) {
    const source = next < head.byteLength ? head.subarray(next) : chunk;
    const piece = source.subarray(0, Math.min(source.byteLength, end - next + 1));
    next += piece.byteLength;
    if (!response.write(piece)) {
      await new Promise<void>((resume) => {
        response.once('drain', resume).once('close', resume);
      });
      response.removeAllListeners('drain').removeAllListeners('close');
    }
  }
  response.end();
}

/** ISO 14496-12: a file type, and a box of 64-bit length that holds everything else. */
function fileHead(totalBytes: number): Buffer {
  const head = Buffer.alloc(40);
  head.writeUInt32BE(24, 0);
  head.write('ftypisom\0\0\0\0isommp42', 4, 'latin1');
  head.writeUInt32BE(1, 24);
  head.write('mdat', 28, 'latin1');
  head.writeBigUInt64BE(BigInt(totalBytes - 24), 32);
  return head;
}
