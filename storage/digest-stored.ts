import type { S3Connection } from './create-s3-client.ts';
import { hashObject } from './object-download.ts';
import { readStoreChecksum } from './object-listing.ts';
import type { S3Settings } from './s3-settings.ts';

/** What proves an object: our sha256, or for large ones the CRC32 of the store. */
export type ObjectDigest =
  | { readonly sizeBytes: number; readonly sha256: string }
  | { readonly sizeBytes: number; readonly crc32: string };

/** Files up to this size are hashed as they pass: at 0.7 s a GiB that is no more than 44 ms. */
export const hashedBytes = 64 * 1024 * 1024;

/** True when the store is asked to sum a file of this size, so that nobody has to hash it on its way. */
export function isSummedByStore({ checksum }: S3Settings, sizeBytes: number): boolean {
  return checksum !== 'when_required' && sizeBytes > hashedBytes;
}

/** Asks the store what it summed, and only where it did not reads the object once and hashes it. */
export async function digestStored(
  s3: S3Connection,
  object: { readonly key: string; readonly sizeBytes: number; readonly signal?: AbortSignal },
): Promise<ObjectDigest> {
  const { key, sizeBytes, signal } = object;
  const crc32 = isSummedByStore(s3.settings, sizeBytes) ? await readStoreChecksum(s3, key) : undefined;
  if (crc32 !== undefined) return { sizeBytes, crc32 };
  return hashObject(s3, key, signal === undefined ? {} : { signal });
}
