import type { FailureType } from '../../domain/failure-types.ts';
import type { Prediction, PredictionRequest } from '../../domain/prediction.ts';

/** The meaning of one answer of a host. Only a host's table of these decides on its refusals. */
export interface Refusal {
  readonly type: FailureType;
  /** The action a person can take, as one sentence. */
  readonly advice?: string;
}

/** The kind of an order: a picture, footage or music. */
export type OrderKind = PredictionRequest['kind'];

/** One POST that spends money. */
export interface CreateRequest {
  /** Chooses the call where a host has one for each kind. */
  readonly kind: OrderKind;
  /** The host's own name of the model. */
  readonly model: string;
  /** The model's version, where the host needs one to run it. */
  readonly version?: string | undefined;
  /** The model's own fields. */
  readonly input: Readonly<Record<string, unknown>>;
  /**
   * The host stops the prediction this long after accepting it, so that a dead caller stops spending. Not every host
   * can: then the prediction runs to its own end.
   */
  readonly cancelAfterSeconds: number;
  /**
   * The address that the host calls once the prediction has ended. Carries a proof of ours: never log it, never keep
   * it. Only for hosts with `canAnnounce`.
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
      /** The time at which the addresses expire, ISO 8601; present where the host gives no others later. */
      readonly urlsExpireAt?: string;
      /** From the order to the end by the host's clock, in milliseconds; absent where the host does not say. */
      readonly tookMs?: number;
      /** The billed time in seconds, where the host bills by time. */
      readonly billedSeconds?: number;
    }
  | {
      readonly state: 'failed' | 'canceled';
      readonly type: FailureType;
      /** The host's own words. */
      readonly reason: string;
      /** Whether the host bills it although it failed. */
      readonly charged: boolean;
    };

/** The end of a prediction, as its host reports it. */
export type EndedStatus = Exclude<PredictionStatus, { state: 'running' }>;

/** An order that the host took. */
export interface CreatedPrediction extends Prediction {
  /** Its end, where the host answers an order with the outcome. It cannot be asked for again. */
  readonly ended?: EndedStatus;
}

/** A prediction found in the host's list of recent ones. */
export interface ListedPrediction {
  readonly id: string;
  /** Undefined where the host no longer has it. */
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

/** A file that a prediction reads. */
export interface HostFile {
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Delays of a host that an operator may override. */
export type HostDelays = Partial<Pick<ModelHost, 'outputRetentionMs' | 'listSettlingMs' | 'lateArrivalMs'>>;

/**
 * A host that rents models. Adapters translate: they never retry, log or poll.
 * Every method throws `BeatreelFailure`; `createPrediction` throws `LostAnswer` when the host may or may not have
 * taken the order. An adapter declares the limits of its host, and callers respect them.
 */
export interface ModelHost {
  readonly name: string;
  /** The account's name, not secret: a-z, 0-9 and dashes, the same on every worker. */
  readonly account: string;
  /** Whether `listRecent` shows every prediction. Without it, a person has to settle orders whose answer was lost. */
  readonly canList: boolean;
  /** Whether a running prediction can be canceled; without it, its cost cannot be saved. */
  readonly canCancel: boolean;
  /** Whether the host calls the webhook of an order. */
  readonly canAnnounce: boolean;
  /** Whether an order of this kind is answered with its outcome; the host knows no prediction of it afterwards. */
  answersAtOnce(kind: OrderKind): boolean;
  /** How far its clock is ahead of this machine's, in milliseconds; undefined before its first answer. */
  clockAheadMs(): number | undefined;
  /** How long the host keeps an output after the prediction's end, in milliseconds; fetches are retried that long. */
  readonly outputRetentionMs: number;
  /** How long an accepted prediction may be missing from `listRecent`, in milliseconds. */
  readonly listSettlingMs: number;
  /** The longest `createPrediction` takes for this kind, in milliseconds. */
  createTimeoutMs(kind: OrderKind): number;
  /**
   * How long after a lost answer the order may still reach the host, behind a gateway that gave up, in milliseconds.
   */
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
   * @throws BeatreelFailure NeedsReconcile without `canList`, and where the list does not end: half a list could hide
   *   an order that is there
   */
  listRecent(since: Date, signal?: AbortSignal): AsyncIterable<ListedPrediction>;
  /** @returns an address that the host's models can read and that no other file has; may be a `data:` address */
  uploadFile(file: HostFile): Promise<string>;
}
