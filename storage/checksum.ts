import { createHash } from 'node:crypto';
import { crc32 as addToCrc32 } from 'node:zlib';
import type { ArtifactRef } from '../domain/artifact.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';

/** Proof of the bytes of a whole object. The value is lower-case hex. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'crc32';
  readonly value: string;
}

/** The strongest checksum a reference carries. @throws BeatreelFailure `ArtifactMissing` where it carries none */
export function checksumOf({ key, sha256, crc32 }: ArtifactRef): Checksum {
  if (sha256 !== undefined) return { algorithm: 'sha256', value: sha256 };
  if (crc32 !== undefined) return { algorithm: 'crc32', value: crc32 };
  const text = `The reference of ${key} carries no checksum, so nothing proves what it should hold.`;
  throw new BeatreelFailure(failureTypes.artifactMissing, text);
}

/** Computes a checksum from a stream of bytes. */
export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  value(): string;
}

/** Starts with no bytes. */
export function startChecksum(algorithm: Checksum['algorithm']): RunningChecksum {
  if (algorithm === 'sha256') {
    const hash = createHash('sha256');
    return { update: (chunk) => void hash.update(chunk), value: () => hash.copy().digest('hex') };
  }
  let crc = 0;
  return {
    update: (chunk) => {
      crc = addToCrc32(chunk, crc);
    },
    value: () => crc.toString(16).padStart(8, '0'),
  };
}
