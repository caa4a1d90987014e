import type { ArtifactRef } from '../../domain/artifact.ts';
import { afterwards } from '../../domain/afterwards.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { S3Connection } from '../create-s3-client.ts';
import { abortUpload, completeUpload, type StoredPart } from '../multipart-upload.ts';
import { digestStored } from '../digest-stored.ts';
import { deleteObjects, headObject } from '../object-listing.ts';
import { existingArtifact } from '../object-upload.ts';
import { interrupted } from './transfer-errors.ts';
import type { TransferContext } from './transfer-request.ts';

/** An upload with all its parts. */
export interface FinishedUpload {
  readonly uploadId: string;
  readonly parts: readonly StoredPart[];
  readonly totalBytes: number;
  /** Present if the whole file was hashed in transit; otherwise the store is asked. */
  readonly sha256?: string;
}

/** The expected object in the store. */
export interface StoredObject {
  readonly key: string;
  readonly totalBytes: number;
}

/** Turns the parts into the object, or accepts the object of an earlier completion whose answer was lost. */
export async function finishUpload(
  { s3, request, signal }: TransferContext,
  upload: FinishedUpload,
): Promise<ArtifactRef> {
  const { key } = request;
  const { uploadId, totalBytes } = upload;
  const outcome = await completeUpload(s3, { key, ...upload });
  if (outcome === 'exists') await abortUpload(s3, { key, uploadId });
  if (outcome !== 'completed') return acceptExisting(s3, { key, totalBytes });
  const contentType = await verifyStored(s3, { key, totalBytes });
  const { sha256 } = upload;
  const digest =
    sha256 === undefined
      ? await digestStored(s3, { key, sizeBytes: totalBytes, signal })
      : { sizeBytes: totalBytes, sha256 };
  return { key, ...digest, contentType };
}

/**
 * The reference of an object that already lies at the key: the first write wins.
 *
 * @throws BeatreelFailure `ProviderUnavailable` for an empty key, `InvalidRequest` when the object has another size
 */
export async function acceptExisting(
  s3: S3Connection,
  { key, totalBytes }: StoredObject,
): Promise<ArtifactRef> {
  const existing = await existingArtifact(s3, key);
  if (existing === undefined)
    throw interrupted(`The upload to ${key} vanished from the object store before its end.`);
  requireSameSize(existing, totalBytes);
  return existing;
}

/** @throws BeatreelFailure `InvalidRequest` when the key holds another file than the expected one */
export function requireSameSize({ key, sizeBytes }: ArtifactRef, totalBytes: number | undefined): void {
  if (totalBytes === undefined || sizeBytes === totalBytes) return;
  const text = `${key} already holds another file: ${sizeBytes} bytes, where ${totalBytes} were to be stored.`;
  throw new BeatreelFailure(failureTypes.invalidRequest, text);
}

/** Checks the size of the stored object and returns its content type. Deletes an object of a wrong size. */
export async function verifyStored(s3: S3Connection, { key, totalBytes }: StoredObject): Promise<string> {
  const head = await headObject(s3, key);
  if (head?.sizeBytes === totalBytes) return head.contentType;
  const found = interrupted(
    `The object store holds ${head?.sizeBytes ?? 0} of the ${totalBytes} bytes of ${key}.`,
  );
  await afterwards(found, () => deleteObjects(s3, [key]));
  throw found;
}
