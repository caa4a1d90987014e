import type { FailureType } from '../../domain/failure-types.ts';
import type { Prediction, PredictionRequest } from '../../domain/prediction.ts';

/** What one answer of a host means for us. A host's table of these is all that decides on its refusals. */
export interface Refusal {
  readonly type: FailureType;
  /** What a person can do about it: one sentence. */
  readonly advice?: string;
}

/** What is ordered: a picture, footage or music. */
export type OrderKind = PredictionRequest['kind'];

/** One POST that spends money. */
export interface CreateRequest {
  /** Decides on the call where a host has one for each. */
  readonly kind: OrderKind;
  /** The host's own name of the model. */
  readonly model: string;
  /** Where the host runs a model by its version only. */
  readonly version?: string | undefined;
  /** The model's own fields. */
  readonly input: Readonly<Record<string, unknown>>;
  /**
   * The host stops the prediction this long after accepting it, so that a dead caller stops spending. Not every host
   * can: then the prediction runs to its own end.
   */
  readonly cancelAfterSeconds: number;
  /**
   * Called by the host once the prediction has ended. Carries a proof of ours: never log it, never keep it. Only of
   * hosts with `canAnnounce`.
   */
  readonly webhook?: string | undefined;
}

export type PredictionStatus =
  | { readonly state: 'running' }
  | {
      readonly state: 'succeeded';
      /** `https:` or `data:`. They open the files: never log them. */
      readonly outputUrls: readonly string[];
      readonly dataRemoved: boolean;
      /** When the addresses end, ISO 8601, where the host gives no others later. */
      readonly urlsExpireAt?: string;
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

/** How a prediction ended, as its host says it. */
export type EndedStatus = Exclude<PredictionStatus, { state: 'running' }>;

/** An order that the host took. */
export interface CreatedPrediction extends Prediction {
  /** How it ended, where the host answers an order with its outcome. It cannot be asked for again. */
  readonly ended?: EndedStatus;
}

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

/** What an operator may know better of a host than we do. */
export type HostDelays = Partial<Pick<ModelHost, 'outputRetentionMs' | 'listSettlingMs' | 'lateArrivalMs'>>;

/**
 * A host that rents models. Adapters translate: they never retry, log or poll.
 * Every method throws `BeatreelFailure` by name; `createPrediction` throws `LostAnswer` when nobody can tell
 * whether the host took the order. An adapter says what its host cannot do, and is not asked for it.
 */
export interface ModelHost {
  readonly name: string;
  /** Tells the accounts of a host apart and opens none: a name of a-z, 0-9 and dashes, the same on every worker. */
  readonly account: string;
  /** Whether `listRecent` shows every prediction: without it, an order whose answer was lost is a person's to settle. */
  readonly canList: boolean;
  /** Whether a prediction can be ended before its time; without it, what runs is past saving. */
  readonly canCancel: boolean;
  /** Whether the host calls the webhook of an order. */
  readonly canAnnounce: boolean;
  /** Whether an order of this kind is answered with its outcome; the host knows no prediction of it afterwards. */
  answersAtOnce(kind: OrderKind): boolean;
  /** How far its clock is ahead of this machine's, in milliseconds; undefined before its first answer. */
  clockAheadMs(): number | undefined;
  /** How long the host keeps an output after its end, in milliseconds; a fetch is not given up before. */
  readonly outputRetentionMs: number;
  /** How long an accepted prediction may be missing from `listRecent`, in milliseconds. */
  readonly listSettlingMs: number;
  /** The longest `createPrediction` takes for this kind, in milliseconds. */
  createTimeoutMs(kind: OrderKind): number;
  /** How long after a lost answer the order may still reach the host, behind a gateway that gave up, in milliseconds. */
  readonly lateArrivalMs: number;
  createPrediction(request: CreateRequest): Promise<CreatedPrediction>;
  /** @returns undefined when the host knows no such prediction */
  getPrediction(id: string): Promise<PredictionStatus | undefined>;
  /**
   * Ends a prediction; one that has ended already is left as it is.
   *
   * @throws BeatreelFailure InvalidRequest without `canCancel`
   */
  cancelPrediction(id: string): Promise<void>;
  /**
   * Predictions of this account made since then, newest first.
   *
   * @throws BeatreelFailure NeedsReconcile without `canList`, and where the list does not come to an end: half of one
   *   would say that an order is absent which is not
   */
  listRecent(since: Date, signal?: AbortSignal): AsyncIterable<ListedPrediction>;
  /** @returns an address that the host's models can read and that no other file has; may be a `data:` address */
  uploadFile(file: HostFile): Promise<string>;
}
