import type { ArtifactRef } from '../../../workflows/domain/artifact.ts';
import { abortUploadsTo, createUpload, listParts, type StoredPart } from '../multipart-upload.ts';
import { admitFirstBytes, createFileCheck } from './file-check.ts';
import { createPartSequence } from './part-sequence.ts';
import { finishUpload } from './finish-upload.ts';
import { type MovedFile, moveParts } from './move-parts.ts';
import { type PartPlan, planParts } from './part-plan.ts';
import type { RangedFile } from './ranged-file.ts';
import { readPart } from './read-part.ts';
import type { Source } from './source.ts';
import type { SourceAnswer } from './source-answer.ts';
import type { TransferContext, TransferProgress } from './transfer-request.ts';

/** A progress from which another attempt can go on. */
export type ResumableProgress = TransferProgress &
  Required<Pick<TransferProgress, 'uploadId' | 'etag' | 'totalBytes'>>;

/** True when a progress names the upload, the version and the size. */
export function isResumable(progress: TransferProgress | undefined): progress is ResumableProgress {
  return progress?.uploadId !== undefined && progress.etag !== undefined && progress.totalBytes !== undefined;
}

/**
 * Moves a file part by part. The first part is read and examined before anything is begun in the store.
 *
 * @param first the answer whose body is the first part
 */
export async function transferRanges(
  context: TransferContext,
  file: RangedFile,
  first: SourceAnswer,
): Promise<ArtifactRef> {
  const { s3, partBuffers, request, signal } = context;
  const plan = planParts(file.totalBytes, partBuffers.partBytes);
  const buffer = await partBuffers.acquire(signal);
  try {
    const [firstPart] = plan;
    if (firstPart === undefined) throw new RangeError('A file of 0 bytes has no parts.');
    const bytes = await readPart(context, { file, part: firstPart, buffer, first });
    const contentType = admitFirstBytes(bytes, request.expect);
    const check = createFileCheck({ contentType, totalBytes: file.totalBytes, expect: request.expect });
    // Uploads to this key whose id died with a process would lie there for ever.
    await abortUploadsTo(s3, request.key);
    const uploadId = await createUpload(s3, { key: request.key, contentType });
    const moved: MovedFile = {
      ...file,
      uploadId,
      stored: [],
      missing: plan,
      sequence: createPartSequence((bytes) => {
        check.push(bytes);
      }),
    };
    const parts = await moveParts(context, { ...moved, firstBuffer: buffer });
    return await finishUpload(context, {
      uploadId,
      parts,
      totalBytes: file.totalBytes,
      digest: check.finish(),
    });
  } finally {
    // Released already where the part was stored; then this does nothing.
    buffer.release({ spoiled: true });
  }
}

/**
 * Goes on where another attempt broke off. What the store lists counts, not what the progress says.
 *
 * @returns undefined when the store no longer knows the upload
 */
export async function resumeRanges(
  context: TransferContext,
  source: Source,
  progress: ResumableProgress,
): Promise<ArtifactRef | undefined> {
  const { uploadId, etag, totalBytes } = progress;
  const listed = await listParts(context.s3, { key: context.request.key, uploadId });
  if (listed === undefined) return undefined;
  const plan = planParts(totalBytes, context.partBuffers.partBytes);
  const isStored = (part: PartPlan) => listed.some((found) => isSamePart(found, part));
  const stored = listed.filter((found) => plan.some((part) => isSamePart(found, part)));
  const missing = plan.filter((part) => !isStored(part));
  const parts = await moveParts(context, { source, etag, totalBytes, uploadId, stored, missing });
  return finishUpload(context, { uploadId, parts, totalBytes });
}

function isSamePart(stored: StoredPart, planned: PartPlan): boolean {
  return stored.partNumber === planned.partNumber && stored.sizeBytes === planned.end - planned.start + 1;
}
