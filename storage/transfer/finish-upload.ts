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

/** An upload whose parts are all there. */
export interface FinishedUpload {
  readonly uploadId: string;
  readonly parts: readonly StoredPart[];
  readonly totalBytes: number;
  /** Known where the whole file passed by and was hashed; otherwise the store is asked. */
  readonly sha256?: string;
}

/** An object as it must lie in the store. */
export interface StoredObject {
  readonly key: string;
  readonly totalBytes: number;
}

/** Turns the parts into the object, or accepts the one an earlier completion made although its answer was lost. */
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
 * The reference of what already lies at the key: the first write wins.
 *
 * @throws BeatreelFailure `ProviderUnavailable` where nothing lies, `InvalidRequest` when it has another size
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

/** @throws BeatreelFailure `InvalidRequest` when an object at the key is not the file that was to lie there */
export function requireSameSize({ key, sizeBytes }: ArtifactRef, totalBytes: number | undefined): void {
  if (totalBytes === undefined || sizeBytes === totalBytes) return;
  const text = `${key} already holds another file: ${sizeBytes} bytes, where ${totalBytes} were to be stored.`;
  throw new BeatreelFailure(failureTypes.invalidRequest, text);
}

/** Asks the store what it holds now and returns its content type. A wrong size is deleted: it must not be found later. */
export async function verifyStored(s3: S3Connection, { key, totalBytes }: StoredObject): Promise<string> {
  const head = await headObject(s3, key);
  if (head?.sizeBytes === totalBytes) return head.contentType;
  const found = interrupted(
    `The object store holds ${head?.sizeBytes ?? 0} of the ${totalBytes} bytes of ${key}.`,
  );
  await afterwards(found, () => deleteObjects(s3, [key]));
  throw found;
}
