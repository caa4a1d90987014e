import type { IncomingMessage } from 'node:http';

/** @returns undefined for a body over the limit; the rest is read and dropped, so that the client reads the answer */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) {
    request.resume();
    return undefined;
  }
  return new Promise((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= mostBytes) parts.push(part);
      else {
        parts.length = 0;
        resolve(undefined);
      }
    });
    request.once('end', () => {
      resolve(Buffer.concat(parts));
    });
    request.once('error', reject);
    request.once('close', () => {
      reject(new Error('The connection was closed in the middle of a request.'));
    });
  });
}
