import type { Fault } from '../faults/fault-schema.ts';
import type { ModelInput, OutputKind } from '../models/model-description.ts';

/** The status of a prediction; the last four are final. */
export type PredictionStatus = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

/** The events of a webhook. The stand-in sends `start` and `completed`. */
export type WebhookEvent = 'start' | 'output' | 'logs' | 'completed';

/** One finished output, served under `/files/<name>`. */
export interface OutputFile {
  readonly name: string;
  /** File name in the renders folder; undefined for an output generated while it is read. */
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
  /** Time from accepting to the end, unless drawing takes longer. */
  readonly latencySeconds: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** The time at which `Cancel-After` ends it. */
  readonly deadline?: number;
  readonly error?: string;
  readonly outputs: readonly OutputFile[];
  /** Sha256 of each reference picture that was read for it, by field, in the order of the input. */
  readonly received?: Readonly<Record<string, readonly string[]>>;
  readonly dataRemoved: boolean;
  readonly webhook?: string;
  readonly webhookEvents?: readonly WebhookEvent[];
  /** Webhooks that need no more tries. */
  readonly webhooksDone: readonly WebhookEvent[];
  /** Its faults, decided at creation. */
  readonly faults: readonly Fault[];
}

/** Whether a status is final. */
export function isFinal(status: PredictionStatus): boolean {
  return status !== 'starting' && status !== 'processing';
}
