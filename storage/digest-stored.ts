import type { S3Connection } from './create-s3-client.ts';
import { hashObject } from './object-download.ts';
import { readStoreChecksum } from './object-listing.ts';
import type { S3Settings } from './s3-settings.ts';

/** Proof of an object: our sha256, or for large objects the CRC32 of the store. */
export type ObjectDigest =
  | { readonly sizeBytes: number; readonly sha256: string }
  | { readonly sizeBytes: number; readonly crc32: string };

/** Files up to this size are hashed in transit: at 0.7 s a GiB that takes at most 44 ms. */
export const hashedBytes = 64 * 1024 * 1024;

/** True when the store is asked to sum a file of this size, so that we need not hash it in transit. */
export function isSummedByStore({ checksum }: S3Settings, sizeBytes: number): boolean {
  return checksum !== 'when_required' && sizeBytes > hashedBytes;
}

/** Asks the store for its checksum; where it has none, reads the object once and hashes it. */
export async function digestStored(
  s3: S3Connection,
  object: { readonly key: string; readonly sizeBytes: number; readonly signal?: AbortSignal },
): Promise<ObjectDigest> {
  const { key, sizeBytes, signal } = object;
  const crc32 = isSummedByStore(s3.settings, sizeBytes) ? await readStoreChecksum(s3, key) : undefined;
  if (crc32 !== undefined) return { sizeBytes, crc32 };
  return hashObject(s3, key, signal === undefined ? {} : { signal });
}
