import type { Prediction } from '../../workflows/domain/prediction.ts';
import type { FailureType } from '../../workflows/domain/failure-types.ts';

/** One POST that spends money. */
export interface CreateRequest {
  /** The host's own name of the model. */
  readonly model: string;
  /** Where the host runs a model by its version only. */
  readonly version?: string | undefined;
  /** The model's own fields. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The host stops the prediction this long after accepting it, so that a dead caller stops spending. */
  readonly cancelAfterSeconds: number;
  /** Called by the host once the prediction has ended. Carries a proof of ours: never log it, never keep it. */
  readonly webhook?: string | undefined;
}

export type PredictionStatus =
  | { readonly state: 'running' }
  | {
      readonly state: 'succeeded';
      readonly outputUrls: readonly string[];
      readonly dataRemoved: boolean;
      /** From the order to the end by the host's clock, in milliseconds; absent where the host does not say. */
      readonly tookMs?: number;
      /** What the host bills by, where it bills by time, in seconds. */
      readonly billedSeconds?: number;
    }
  | {
      readonly state: 'failed' | 'canceled';
      readonly type: FailureType;
      /** The host's own words. */
      readonly reason: string;
      /** Whether the host bills it all the same. */
      readonly charged: boolean;
    };

/** A prediction found in the host's list of recent ones. */
export interface ListedPrediction {
  readonly id: string;
  /** Undefined where the host does not say it any more. */
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

/** A file that a prediction reads. */
export interface HostFile {
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * A host that rents models. Adapters translate: they never retry, log or poll.
 * Every method throws `BeatreelFailure` by name; `createPrediction` throws `LostAnswer` when nobody can tell
 * whether the host took the order.
 */
export interface ModelHost {
  readonly name: string;
  /** Tells the accounts of a host apart and opens none: a name of a-z, 0-9 and dashes, the same on every worker. */
  readonly account: string;
  /** How long an accepted prediction may be missing from `listRecent`, in milliseconds. */
  readonly listSettlingMs: number;
  /** The longest `createPrediction` takes, in milliseconds. */
  readonly createTimeoutMs: number;
  /** How long after a lost answer the order may still reach the host, behind a gateway that gave up, in milliseconds. */
  readonly lateArrivalMs: number;
  createPrediction(request: CreateRequest): Promise<Prediction>;
  /** @returns undefined when the host knows no such prediction */
  getPrediction(id: string): Promise<PredictionStatus | undefined>;
  /** Ends a prediction; one that has ended already is left as it is. */
  cancelPrediction(id: string): Promise<void>;
  /** Predictions of this account made since then, newest first. */
  listRecent(since: Date): AsyncIterable<ListedPrediction>;
  /** @returns an address that the host's models can read and that no other file has */
  uploadFile(file: HostFile): Promise<string>;
}
