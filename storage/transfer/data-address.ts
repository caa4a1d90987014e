import { Readable } from 'node:stream';

import type { SafeResponse } from '../safe-request.ts';
import { unusable } from './transfer-errors.ts';
import type { ExpectedFile } from './transfer-request.ts';

/** RFC 2397: `data:`, a media type with parameters, `;base64` for base64 content, a comma, the content. */
const form = /^data:([^,;]*)((?:;[^,;]*)*),/i;

const chunkBytes = 64 * 1024;

/** Whether an address contains the file itself. */
export function isDataAddress(address: string): boolean {
  return /^data:/i.test(address);
}

/**
 * The answer to a GET of a `data:` address, in which some hosts deliver small files. Messages show none of its content.
 *
 * @throws BeatreelFailure `ArtifactMissing` for an address that is too large or cannot be read
 */
export function readDataAddress(address: string, { kind, maxBytes }: ExpectedFile): SafeResponse {
  const head = form.exec(address.slice(0, 1024));
  if (!head) throw unusable('The host delivered a data address without a comma.');
  const content = address.slice(head[0].length);
  // Four letters of base64 are three bytes, and no other encoding is shorter.
  if (content.length * 0.75 > maxBytes + 3) {
    throw unusable(
      `The host delivered a data address of more than ${maxBytes} bytes, the most a ${kind} may have.`,
    );
  }
  const bytes = /;base64$/i.test(head[2] ?? '') ? decodeBase64(content) : decodePercent(content);
  const contentType = head[1] ?? '';
  return {
    statusCode: 200,
    headers: {
      'content-length': String(bytes.byteLength),
      ...(contentType === '' ? {} : { 'content-type': contentType }),
    },
    body: Readable.from(cut(bytes), { objectMode: false }),
    host: 'a data address',
  };
}

/** `Buffer.from` skips invalid base64 silently, which would change the file; reject it. */
function decodeBase64(content: string): Buffer {
  const compact = content.replace(/%3D/gi, '=').replace(/\s+/g, '');
  if (/^[\w+/-]*={0,2}$/.test(compact)) return Buffer.from(compact, 'base64');
  throw unusable('The host delivered a data address whose content is not base64.');
}

function decodePercent(content: string): Buffer {
  try {
    return Buffer.from(unescapeBytes(content), 'latin1');
  } catch {
    throw unusable('The host delivered a data address whose content cannot be read.');
  }
}

/** Percent escapes are bytes, not letters: `decodeURIComponent` would read UTF-8. */
function unescapeBytes(content: string): string {
  return content.replace(/%([0-9a-f]{2})/gi, (_escape, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.byteLength; start += chunkBytes)
    yield bytes.subarray(start, start + chunkBytes);
}
