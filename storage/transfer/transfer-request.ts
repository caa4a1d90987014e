import type { FileKind } from '../media-formats.ts';
import type { SafeReader } from '../safe-request.ts';
import type { S3Connection } from '../create-s3-client.ts';
import type { PartSender } from '../part-sender.ts';
import type { TransferMemory } from '../transfer-memory.ts';

/** What a file must be to be stored. */
export interface ExpectedFile {
  readonly kind: FileKind;
  readonly maxBytes: number;
  /** Allowed media types, by the first bytes and not by the header. */
  readonly contentTypes: readonly string[];
}

/**
 * How far a transfer has come. JSON-safe: heartbeat it, and give it to the next attempt, on whatever machine.
 * Only with `uploadId`, `etag` and `totalBytes` can the next attempt go on; otherwise it begins again.
 */
export interface TransferProgress {
  /** Multipart upload that holds the parts. */
  readonly uploadId?: string;
  /** Strong ETag of the file at its source. */
  readonly etag?: string;
  readonly totalBytes?: number;
  /** Bytes that lie in the store or, in a single pass, were handed to it. */
  readonly storedBytes: number;
  readonly parts: readonly TransferredPart[];
}

/** A part the store has acknowledged. Numbers start at 1. */
export interface TransferredPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly sizeBytes: number;
}

/** One file on its way from a host to the bucket. */
export interface TransferRequest {
  /** Asks the host for an address; called again when it answers 401, 403, 404 or 410, as expired ones do. */
  readonly resolveAddress: () => Promise<string>;
  /** Written once: what already lies here is returned and nothing is read. */
  readonly key: string;
  readonly expect: ExpectedFile;
  /** What the attempt before reported last. */
  readonly resume?: TransferProgress;
  /** Called when a part is stored and, in a single pass, about once a MiB. It is no clock: a stalled source is silent. */
  readonly onProgress: (progress: TransferProgress) => void;
  readonly signal: AbortSignal;
  /**
   * Asked when the signal aborts: true keeps the parts for the next attempt (a worker shutting down), false throws them
   * away (a real cancel). Default: false.
   */
  readonly keepOnAbort?: (reason: unknown) => boolean;
}

/** When a source counts as too slow, and how often it is asked again. */
export interface TransferLimits {
  /** Longest pause between two chunks. Default 30000. */
  readonly idleTimeoutMs: number;
  /** Least average rate while we wait for the source, over `rateWindowMs`. Default 1024. */
  readonly minBytesPerSecond: number;
  /** Default 60000. */
  readonly rateWindowMs: number;
  /** Longest that one attempt may take in all; the next goes on where it stopped. Default 1500000 (25 minutes). */
  readonly totalTimeoutMs: number;
  /** How often one read is continued, or one part sent again, after a lost connection or a 5xx. Default 4. */
  readonly reconnects: number;
  /** Pause before the first of them; doubles each time. Default 250. */
  readonly reconnectPauseMs: number;
  /** Parts of one file in flight at once. Default 3. */
  readonly partsAtOnce: number;
}

/** What `TransferLimits` is where nothing is said. */
export const defaultTransferLimits: TransferLimits = {
  idleTimeoutMs: 30_000,
  minBytesPerSecond: 1024,
  rateWindowMs: 60_000,
  // Less than the activity's own 30 minutes, which would tell nobody why.
  totalTimeoutMs: 25 * 60_000,
  reconnects: 4,
  reconnectPauseMs: 250,
  partsAtOnce: 3,
};

/** What every step of one transfer needs. */
export interface TransferContext {
  readonly s3: S3Connection;
  readonly reader: SafeReader;
  readonly partSender: PartSender;
  readonly memory: TransferMemory;
  readonly limits: TransferLimits;
  readonly request: TransferRequest;
  /** Aborts with the request's own signal, or as soon as one step has failed. */
  readonly signal: AbortSignal;
  /** Stops every step of this try; the first reason wins, the aborts it causes are only its echo. */
  readonly stop: (reason: unknown) => void;
}
