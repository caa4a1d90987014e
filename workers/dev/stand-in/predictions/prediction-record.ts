import type { Fault } from '../faults/fault-schema.ts';
import type { ModelInput, OutputKind } from '../models/model-description.ts';

/** Where a prediction stands; the last four are final. */
export type PredictionStatus = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

/** The moments a webhook may be sent at. The stand-in sends `start` and `completed`. */
export type WebhookEvent = 'start' | 'output' | 'logs' | 'completed';

/** One finished output, served under `/files/<name>`. */
export interface OutputFile {
  readonly name: string;
  /** File name in the renders folder; undefined for an output made of numbers while it is read. */
  readonly render?: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  /** Without quotes. */
  readonly etag: string;
}

/** One prediction as the journal keeps it. Times are milliseconds since 1970. */
export interface PredictionRecord {
  readonly id: string;
  readonly model: string;
  readonly kind: OutputKind;
  readonly version: string;
  /** Emptied when the retention ends. */
  readonly input: ModelInput;
  readonly status: PredictionStatus;
  readonly createdAt: number;
  /** From accepting to the end, unless drawing takes longer. */
  readonly latencySeconds: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** When `Cancel-After` ends it. */
  readonly deadline?: number;
  readonly error?: string;
  readonly outputs: readonly OutputFile[];
  /** Sha256 of each picture to refer to that was read for it, by field, in the order of the input. */
  readonly received?: Readonly<Record<string, readonly string[]>>;
  readonly dataRemoved: boolean;
  readonly webhook?: string;
  readonly webhookEvents?: readonly WebhookEvent[];
  /** Webhooks that need no more tries. */
  readonly webhooksDone: readonly WebhookEvent[];
  /** What was decided at creation to go wrong with it. */
  readonly faults: readonly Fault[];
}

/** Whether a status can change no more. */
export function isFinal(status: PredictionStatus): boolean {
  return status !== 'starting' && status !== 'processing';
}
