import { createHash } from 'node:crypto';
import { sniffMediaType } from '../sniff.ts';
import type { ContentDigest } from '../object-download.ts';
import { watchContainer } from './container-end.ts';
import type { SourceAnswer } from './source-answer.ts';
import { cutAtHost, interrupted, unusable } from './transfer-errors.ts';
import type { ExpectedFile } from './transfer-request.ts';

/** Types by which a server says that it does not know. */
const unspecificTypes = ['application/octet-stream', 'binary/octet-stream'];
const aliases: Partial<Record<string, string>> = {
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-flac': 'audio/flac',
  'image/jpg': 'image/jpeg',
};

/** Refuses by its headers alone a file that cannot be the expected one. @throws BeatreelFailure `ArtifactMissing` */
export function admitHeaders({ contentType, totalBytes, host }: SourceAnswer, expect: ExpectedFile): void {
  if (totalBytes !== undefined && totalBytes > expect.maxBytes) {
    throw unusable(`${host} announces ${totalBytes} bytes; a ${expect.kind} has at most ${expect.maxBytes}.`);
  }
  if (contentType === undefined || unspecificTypes.includes(contentType)) return;
  if (!isExpected(contentType, expect)) {
    throw unusable(`${host} delivered ${contentType} where a ${expect.kind} was expected.`);
  }
}

/**
 * Refuses by its first bytes a file that is not the expected one, whatever its headers say.
 *
 * @returns the media type the bytes show
 * @throws BeatreelFailure `ArtifactMissing`
 */
export function admitFirstBytes(bytes: Uint8Array, expect: ExpectedFile): string {
  if (bytes.byteLength === 0) throw unusable('The host delivered a file of 0 bytes.');
  const found = sniffMediaType(bytes);
  if (found !== undefined && isExpected(found, expect)) return found;
  throw unusable(
    `The first bytes show ${found ?? 'no known media type'} where a ${expect.kind} was expected.`,
  );
}

/** Follows a whole file in order: counts, hashes, and watches for its end. */
export interface FileCheck {
  /** @throws BeatreelFailure `ArtifactMissing` as soon as the file is too large */
  push(chunk: Uint8Array): void;
  /**
   * @throws BeatreelFailure `ProviderUnavailable` when the file broke off, `ArtifactMissing` when the host's own copy is cut
   */
  finish(): ContentDigest;
}

/** What is known about a file before it flows. */
export interface AnnouncedFile {
  readonly contentType: string;
  /** Undefined when the source announced no length: then the file's own structure must prove its end. */
  readonly totalBytes: number | undefined;
  readonly expect: ExpectedFile;
}

/** Starts a check at the first byte. */
export function createFileCheck({ contentType, totalBytes, expect }: AnnouncedFile): FileCheck {
  const hash = createHash('sha256');
  const container = watchContainer(contentType);
  let sizeBytes = 0;
  return {
    push(chunk) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > expect.maxBytes) {
        throw unusable(
          `The host sent more than ${expect.maxBytes} bytes, the most a ${expect.kind} may have.`,
        );
      }
      hash.update(chunk);
      container.push(chunk);
    },
    finish() {
      const end = container.end();
      if (totalBytes === undefined && end !== 'whole') {
        const text = `The host announced no length and ended a ${contentType} at byte ${sizeBytes}`;
        throw interrupted(`${text}; nothing proves that this is its end.`);
      }
      if (totalBytes !== undefined && sizeBytes !== totalBytes) {
        throw interrupted(`The host sent ${sizeBytes} of the ${totalBytes} bytes it announced.`);
      }
      if (end === 'cut') throw cutAtHost(contentType, sizeBytes);
      return { sizeBytes, sha256: hash.digest('hex') };
    },
  };
}

function isExpected(contentType: string, { contentTypes }: ExpectedFile): boolean {
  const canonical = (type: string) => aliases[type.toLowerCase()] ?? type.toLowerCase();
  return contentTypes.some((type) => canonical(type) === canonical(contentType));
}
