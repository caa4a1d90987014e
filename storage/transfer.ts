import { setMaxListeners } from 'node:events';
import type { ArtifactRef } from '../domain/artifact.ts';
import { type FailureType, failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { abortUpload, abortUploadsTo } from './multipart-upload.ts';
import { existingArtifact } from './object-upload.ts';
import { isMissingUpload } from './storage-failure.ts';
import { admitLength } from './transfer/file-check.ts';
import { requireSameSize } from './transfer/finish-upload.ts';
import { isResumable, resumeRanges, transferRanges } from './transfer/range-transfer.ts';
import { createSource } from './transfer/source.ts';
import { transferStream } from './transfer/stream-transfer.ts';
import { interrupted, SourceChanged } from './transfer/transfer-errors.ts';
import {
  defaultTransferLimits,
  type TransferContext,
  type TransferLimits,
  type TransferProgress,
  type TransferRequest,
} from './transfer/transfer-request.ts';
import { bodyUploadMemory } from './transfer/upload-body.ts';

/** Moves outputs into the bucket. Each host may serve only from its own addresses. */
export interface OutputTransfers {
  /** @returns a transfer that reads this host's outputs from this host's addresses */
  of(host: string): Transfer;
}

/** Moves files from model hosts into the bucket, as streams, in constant memory. */
export interface Transfer {
  /**
   * Stores one file under a key. Safe to run again, on any machine: an object at the key is returned, and with `resume`
   * a large file continues at its first missing byte. The object appears whole and checked, or not at all.
   *
   * @throws BeatreelFailure `ProviderUnavailable` (try again, with the last progress), `PaidAndLost` (the host no
   *   longer has the file), `ArtifactMissing` (it has another file than expected), `InvalidRequest` (a forbidden
   *   address, or another file at the key); the signal's own reason when it aborts
   */
  transferToStore(request: TransferRequest): Promise<ArtifactRef>;
  /** Discards the leftovers of a transfer that will not be retried. Safe to run again. */
  abandonTransfer(progress: TransferProgress | undefined, key: string): Promise<void>;
}

/** The shared parts of all transfers of one worker. `reader.policy` decides which hosts may be read. */
export interface TransferDependencies extends Pick<
  TransferContext,
  's3' | 'reader' | 'partSender' | 'memory'
> {
  readonly limits?: Partial<TransferLimits>;
}

/** The number of restarts within one attempt for a file that changes while it is read. */
const restarts = 2;
/** After these failures the next attempt continues, so the parts are kept. */
const resumedTypes: readonly FailureType[] = [
  failureTypes.providerUnavailable,
  failureTypes.providerBusy,
  failureTypes.storeRefused,
];

/** Creates the transfer. Share one `memory` and one `partSender` among all transfers of a worker. */
export function createTransfer(dependencies: TransferDependencies): Transfer {
  const { s3 } = dependencies;

  async function abandonTransfer(progress: TransferProgress | undefined, key: string): Promise<void> {
    if (progress?.uploadId !== undefined) await abortUpload(s3, { key, uploadId: progress.uploadId });
    await abortUploadsTo(s3, key);
  }

  return {
    abandonTransfer,
    async transferToStore(request) {
      let latest = request.resume;
      const onProgress = (progress: TransferProgress) => {
        latest = progress;
        request.onProgress(progress);
      };
      try {
        return await storeOnce(dependencies, { ...request, onProgress });
      } catch (error) {
        // A failed clean-up must not hide the transfer's failure; the end of the unit abandons the transfer again.
        if (!isKept(error, request)) await abandonTransfer(latest, request.key).catch(() => undefined);
        throw error;
      }
    },
  };
}

async function storeOnce(dependencies: TransferDependencies, request: TransferRequest): Promise<ArtifactRef> {
  request.signal.throwIfAborted();
  const stored = await acceptStored(dependencies, request);
  if (stored !== undefined) return stored;
  try {
    return await tryUntilUnchanged(dependencies, request);
  } catch (error) {
    if (!(error instanceof BeatreelFailure) || !isMissingUpload(error.cause)) throw error;
    // Another attempt completed or aborted the upload. Starting over would only take it away from that attempt again.
    const finished = await acceptStored(dependencies, request);
    if (finished === undefined) throw error;
    return finished;
  }
}

async function acceptStored(
  { s3 }: TransferDependencies,
  { key, resume }: TransferRequest,
): Promise<ArtifactRef | undefined> {
  const existing = await existingArtifact(s3, key);
  if (existing === undefined) return undefined;
  requireSameSize(existing, resume?.totalBytes);
  if (resume?.uploadId !== undefined) await abortUpload(s3, { key, uploadId: resume.uploadId });
  return existing;
}

async function tryUntilUnchanged(
  dependencies: TransferDependencies,
  request: TransferRequest,
): Promise<ArtifactRef> {
  let { resume } = request;
  for (let tries = 0; tries <= restarts; tries += 1) {
    try {
      return await tryOnce(dependencies, request, resume);
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      await abortUploadsTo(dependencies.s3, request.key);
      resume = undefined;
    }
  }
  throw interrupted(
    `The file for ${request.key} changed at its host ${restarts + 1} times while it was read.`,
  );
}

async function tryOnce(
  dependencies: TransferDependencies,
  request: TransferRequest,
  resume: TransferProgress | undefined,
): Promise<ArtifactRef> {
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  setMaxListeners(0, signal);
  const context: TransferContext = {
    ...dependencies,
    limits: { ...defaultTransferLimits, ...dependencies.limits },
    request,
    signal,
    stop: (reason) => {
      stop.abort(reason);
    },
  };
  const { totalTimeoutMs } = context.limits;
  const deadline = setTimeout(() => {
    stop.abort(interrupted(`Storing ${request.key} took longer than ${totalTimeoutMs / 1000} s.`));
  }, totalTimeoutMs);
  try {
    return await resumeOrBegin(context, resume);
  } finally {
    clearTimeout(deadline);
    // Ends anything still open at the source, e.g. a body that was refused by its headers.
    stop.abort();
  }
}

async function resumeOrBegin(
  context: TransferContext,
  resume: TransferProgress | undefined,
): Promise<ArtifactRef> {
  const { s3, request } = context;
  const { key } = request;
  const resumed = isResumable(resume)
    ? await resumeRanges(context, createSource(context), resume)
    : undefined;
  if (resumed !== undefined) return resumed;
  if (resume?.uploadId !== undefined) await abortUpload(s3, { key, uploadId: resume.uploadId });
  return begin(context);
}

async function begin(context: TransferContext): Promise<ArtifactRef> {
  const { memory, request, signal } = context;
  const { partBytes } = memory;
  const source = createSource(context);
  const room = await memory.reserve(bodyUploadMemory.reservedParts, signal);
  try {
    const first = await source.open({ range: { start: 0, end: partBytes - 1 } });
    admitLength(first, request.expect);
    const { etag, totalBytes, range } = first;
    const isWhole = range === undefined || (totalBytes !== undefined && totalBytes <= partBytes);
    if (!isWhole && etag !== undefined && totalBytes !== undefined) {
      room.shrinkTo(1);
      return await transferRanges(context, { source, etag, totalBytes }, { answer: first, room });
    }
    if (totalBytes !== undefined && totalBytes <= partBytes) room.shrinkTo(1);
    // Ranges without a strong ETag could come from different versions, so request the whole file again.
    const answer = isWhole ? first : await source.open({});
    return await transferStream(context, { source, answer });
  } finally {
    room.release();
  }
}

function isKept(error: unknown, { signal, keepOnAbort }: TransferRequest): boolean {
  if (signal.aborted) return keepOnAbort?.(signal.reason) ?? false;
  return !(error instanceof BeatreelFailure) || resumedTypes.includes(error.type);
}
