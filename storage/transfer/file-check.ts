import { createHash } from 'node:crypto';
import { sniffMediaType } from '../sniff.ts';
import type { ContentDigest } from '../object-download.ts';
import { watchContainer } from './container-end.ts';
import type { SourceAnswer } from './source-answer.ts';
import { cutAtHost, interrupted, unusable, WrongFile } from './transfer-errors.ts';
import type { ExpectedFile } from './transfer-request.ts';

/** Refuses a file that is too long by its stated length. @throws BeatreelFailure `ArtifactMissing` */
export function admitLength({ totalBytes, host }: SourceAnswer, expect: ExpectedFile): void {
  if (totalBytes !== undefined && totalBytes > expect.maxBytes) {
    throw unusable(`${host} announces ${totalBytes} bytes; a ${expect.kind} has at most ${expect.maxBytes}.`);
  }
}

/**
 * Refuses a file of the wrong type by its first bytes. They alone decide: servers label good files in many ways.
 *
 * @param label the server's content type, for the message
 * @returns the media type of the bytes
 * @throws BeatreelFailure `ArtifactMissing`
 */
export function admitFirstBytes(bytes: Uint8Array, expect: ExpectedFile, label = 'nothing'): string {
  if (bytes.byteLength === 0) throw unusable('The host delivered a file of 0 bytes.');
  const found = sniffMediaType(bytes);
  if (found !== undefined && expect.contentTypes.includes(found)) return found;
  const shown = `The first bytes show ${found ?? 'no known media type'}, the host calls it ${label.slice(0, 80)}`;
  throw new WrongFile(`${shown}, where a ${expect.kind} was expected.`, found);
}

/** Follows a whole file in order: counts, hashes, and watches for its end. */
export interface FileCheck {
  /** @throws BeatreelFailure `ArtifactMissing` as soon as the file is too large */
  push(chunk: Uint8Array): void;
  /**
   * @throws BeatreelFailure `ProviderUnavailable` when the file broke off, `ArtifactMissing` when the host's copy is
   *   cut
   */
  finish(): ContentDigest;
}

/** The facts about a file before its bytes arrive. */
export interface AnnouncedFile {
  readonly contentType: string;
  /** Undefined when the source announced no length. */
  readonly totalBytes: number | undefined;
  /** Whether it arrives in chunks, with a marked last chunk. */
  readonly isChunked?: boolean;
  readonly expect: ExpectedFile;
}

/** Starts a check at the first byte. Without a length or a last chunk, the file's structure must prove its end. */
export function createFileCheck({
  contentType,
  totalBytes,
  isChunked = false,
  expect,
}: AnnouncedFile): FileCheck {
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
      const isProven = totalBytes !== undefined || isChunked;
      if (!isProven && end !== 'whole') {
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
