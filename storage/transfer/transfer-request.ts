import type { FileKind } from '../media-formats.ts';
import type { SafeReader } from '../safe-request.ts';
import type { S3Connection } from '../create-s3-client.ts';
import type { PartSender } from '../part-sender.ts';
import type { TransferMemory } from '../transfer-memory.ts';

/** The conditions for storing a file. */
export interface ExpectedFile {
  readonly kind: FileKind;
  readonly maxBytes: number;
  /** Allowed media types, by the first bytes and not by the header. */
  readonly contentTypes: readonly string[];
}

/**
 * The progress of a transfer. JSON-safe: heartbeat it, and give it to the next attempt, on any machine.
 * The next attempt continues only with `uploadId`, `etag` and `totalBytes`; otherwise it begins again.
 */
export interface TransferProgress {
  /** Multipart upload that holds the parts. */
  readonly uploadId?: string;
  /** Strong ETag of the file at its source. */
  readonly etag?: string;
  readonly totalBytes?: number;
  /** Bytes in the store or, in a single pass, sent to it. */
  readonly storedBytes: number;
  readonly parts: readonly TransferredPart[];
}

/** A part the store has acknowledged. Numbers start at 1. */
export interface TransferredPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly sizeBytes: number;
}

/** One file to move from a host to the bucket. */
export interface TransferRequest {
  /** Asks the host for an address; called again after 401, 403, 404 or 410, the answers of expired ones. */
  readonly resolveAddress: () => Promise<string>;
  /** Written once: an object at this key is returned and nothing is read. */
  readonly key: string;
  readonly expect: ExpectedFile;
  /** The last progress of the attempt before. */
  readonly resume?: TransferProgress;
  /** Called for each stored part and, in a single pass, about once a MiB. Not a clock: a stalled source is silent. */
  readonly onProgress: (progress: TransferProgress) => void;
  readonly signal: AbortSignal;
  /**
   * Asked when the signal aborts: true keeps the parts for the next attempt (a worker shutting down), false throws them
   * away (a real cancel). Default: false.
   */
  readonly keepOnAbort?: (reason: unknown) => boolean;
}

/** The limits of slow sources, and the number of retries. */
export interface TransferLimits {
  /** Longest pause between two chunks. Default 30000. */
  readonly idleTimeoutMs: number;
  /** Least average rate while we wait for the source, over `rateWindowMs`. Default 1024. */
  readonly minBytesPerSecond: number;
  /** Default 60000. */
  readonly rateWindowMs: number;
  /** Longest duration of one attempt; the next continues where it stopped. Default 1500000 (25 minutes). */
  readonly totalTimeoutMs: number;
  /** Number of continuations of one read, or repeats of one part, after a lost connection or a 5xx. Default 4. */
  readonly reconnects: number;
  /** Pause before the first reconnect; doubles each time. Default 250. */
  readonly reconnectPauseMs: number;
  /** Parts of one file in flight at once. Default 3. */
  readonly partsAtOnce: number;
}

/** The defaults of all limits. */
export const defaultTransferLimits: TransferLimits = {
  idleTimeoutMs: 30_000,
  minBytesPerSecond: 1024,
  rateWindowMs: 60_000,
  // Less than the activity's own 30 minutes, because that timeout names no reason.
  totalTimeoutMs: 25 * 60_000,
  reconnects: 4,
  reconnectPauseMs: 250,
  partsAtOnce: 3,
};

/** The inputs of every step of one transfer. */
export interface TransferContext {
  readonly s3: S3Connection;
  readonly reader: SafeReader;
  readonly partSender: PartSender;
  readonly memory: TransferMemory;
  readonly limits: TransferLimits;
  readonly request: TransferRequest;
  /** Aborts with the request's own signal, or as soon as one step has failed. */
  readonly signal: AbortSignal;
  /** Stops every step of this try; the first reason wins, and the aborts that follow are its consequences. */
  readonly stop: (reason: unknown) => void;
}
