import type { ArtifactRef } from '../../domain/artifact.ts';
import type { RoomReservation } from '../transfer-memory.ts';
import { isSummedByStore } from '../digest-stored.ts';
import { abortUploadsTo, createUpload, listParts, type StoredPart } from '../multipart-upload.ts';
import { admitFirstBytes, createFileCheck } from './file-check.ts';
import { requireWholeAtSource } from './follow-at-source.ts';
import { createPartSequence } from './part-sequence.ts';
import { finishUpload } from './finish-upload.ts';
import { moveParts } from './move-parts.ts';
import { type PartPlan, planParts, sizeOf } from './part-plan.ts';
import type { RangedFile, Source } from './source.ts';
import { readHead } from './read-head.ts';
import { RangeStream } from './read-range.ts';
import type { SourceAnswer } from './source-answer.ts';
import type { TransferContext, TransferProgress } from './transfer-request.ts';

/** A progress with which another attempt can continue. */
export type ResumableProgress = TransferProgress &
  Required<Pick<TransferProgress, 'uploadId' | 'etag' | 'totalBytes'>>;

/** True when a progress names the upload, the version and the size. */
export function isResumable(progress: TransferProgress | undefined): progress is ResumableProgress {
  return progress?.uploadId !== undefined && progress.etag !== undefined && progress.totalBytes !== undefined;
}

/** The first part, with an open answer and its room. */
export interface FirstPart {
  readonly answer: SourceAnswer;
  readonly room: RoomReservation;
}

/**
 * Moves a file part by part, several at once, each piped from the source into the store. Examines the first bytes
 * before the upload begins. A file that we hash is followed in order in transit; a file that the store sums is followed
 * at its source beforehand, so that its parts need no order.
 */
export async function transferRanges(
  context: TransferContext,
  file: RangedFile,
  first: FirstPart,
): Promise<ArtifactRef> {
  const { s3, memory, request, limits, signal } = context;
  const { source, etag, totalBytes } = file;
  const plan = planParts(totalBytes, memory.partBytes);
  const [firstPart] = plan;
  if (firstPart === undefined) throw new RangeError('A file of 0 bytes has no parts.');
  const { start, end } = firstPart;
  const rest = new RangeStream({ source, limits, signal, first: first.answer, start, end, etag }).iterator();
  const head = await readHead(rest);
  const contentType = admitFirstBytes(head, request.expect, first.answer.contentType);
  const isSummed = isSummedByStore(s3.settings, totalBytes);
  if (isSummed) await requireWholeAtSource(context, file, { contentType, head });
  const check = createFileCheck({ contentType, totalBytes, expect: request.expect });
  // Abort uploads to this key whose id was lost with a process: they would stay for ever.
  await abortUploadsTo(s3, request.key);
  const uploadId = await createUpload(s3, { key: request.key, contentType });
  const parts = await moveParts(context, {
    ...file,
    uploadId,
    stored: [],
    missing: plan,
    begun: { chunks: startingWith(head, rest), room: first.room },
    ...(!isSummed && {
      sequence: createPartSequence(plan.map(sizeOf), (chunk) => {
        check.push(chunk);
      }),
    }),
  });
  const finished = { uploadId, parts, totalBytes };
  return finishUpload(context, isSummed ? finished : { ...finished, sha256: check.finish().sha256 });
}

async function* startingWith(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

/**
 * Continues another attempt. The store's list of parts counts, not the progress.
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
  const plan = planParts(totalBytes, context.memory.partBytes);
  const isStored = (part: PartPlan) => listed.some((found) => isSamePart(found, part));
  const stored = listed.filter((found) => plan.some((part) => isSamePart(found, part)));
  const missing = plan.filter((part) => !isStored(part));
  const parts = await moveParts(context, { source, etag, totalBytes, uploadId, stored, missing });
  return finishUpload(context, { uploadId, parts, totalBytes });
}

function isSamePart(stored: StoredPart, planned: PartPlan): boolean {
  return stored.partNumber === planned.partNumber && stored.sizeBytes === sizeOf(planned);
}
