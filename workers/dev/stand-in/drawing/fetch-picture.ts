import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { isLoopback } from '../http/is-loopback.ts';
import { sha256 } from '../sha256.ts';
import { readPictureHeader } from './picture-header.ts';
import type { GivenPicture } from './render-request.ts';

const largestBytes = 100 * 1024 * 1024;
const timeoutMs = 30_000;

/** Reads an upload by its address; undefined when the address does not belong to an upload. */
export type ReadUpload = (address: URL) => Promise<Buffer | undefined>;

/**
 * Fetches a picture that an input names: a data URI, an upload of ours or an address on this machine.
 *
 * @throws Error that names the unreadable address, without its query, which may be a signature
 */
export async function fetchPicture(address: string, readUpload: ReadUpload): Promise<GivenPicture> {
  const bytes = address.startsWith('data:')
    ? decodeDataUri(address)
    : await read(new URL(address), readUpload);
  const header = readPictureHeader(bytes);
  if (header === undefined) {
    throw new Error(
      `Cannot identify image file: ${nameOf(address)} holds ${bytes.length} bytes of something else`,
    );
  }
  return { ...header, bytes, sha256: sha256(bytes) };
}

function decodeDataUri(address: string): Buffer {
  const comma = address.indexOf(',');
  const content = address.slice(comma + 1);
  const isBase64 = address.slice(0, comma).endsWith(';base64');
  return isBase64 ? Buffer.from(content, 'base64') : Buffer.from(decodeURIComponent(content), 'latin1');
}

async function read(address: URL, readUpload: ReadUpload): Promise<Buffer> {
  if (!isLoopback(address)) {
    throw new Error(
      `Failed to download ${nameOf(address.href)}: the stand-in fetches only from this machine`,
    );
  }
  return (await readUpload(address)) ?? download(address);
}

function download(address: URL): Promise<Buffer> {
  const get = address.protocol === 'https:' ? getSecure : getPlain;
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void => {
      reject(new Error(`Failed to download ${nameOf(address.href)}: ${reason}`, { cause }));
    };
    const request = get(address, { signal: AbortSignal.timeout(timeoutMs), agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        fail(`HTTP ${response.statusCode ?? 0}`);
        return;
      }
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        sizeBytes += chunk.length;
        if (sizeBytes > largestBytes) request.destroy(new Error('the file is larger than 100 MB'));
      });
      response.on('end', () => {
        if (response.complete) resolve(Buffer.concat(chunks));
      });
      response.on('error', (error) => {
        fail('the connection broke', error);
      });
    });
    request.on('error', (error) => {
      fail(error.message, error);
    });
  });
}

function nameOf(address: string): string {
  return address.startsWith('data:') ? 'the data URI' : (address.split(/[?#]/)[0] ?? address);
}
