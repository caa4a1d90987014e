import type { CountedChat } from '../chat/chat-log.ts';
import { type ModelInput, type OutputKind, outputKinds } from '../models/model-description.ts';
import { isFinal, type PredictionRecord, type PredictionStatus } from '../predictions/prediction-record.ts';
import type { PredictionStore } from '../predictions/prediction-store.ts';

type ByKind = Record<OutputKind, number>;

/** Counts since the stand-in's start or last reset. Accepted predictions count from before a restart, too. */
export interface Counters {
  /** Accepted creates, for which the real host would charge. */
  readonly creates: number;
  /** POSTs that order a prediction, refused ones included. */
  readonly createRequests: number;
  readonly createsByKind: Readonly<ByKind>;
  readonly createsByModel: Readonly<Record<string, number>>;
  /** Cancel requests; the predictions' status shows how many took effect. */
  readonly cancels: number;
  readonly gets: number;
  readonly lists: number;
  /** GETs of output files. */
  readonly outputRequests: number;
  /** Bytes of output files handed to sockets. */
  readonly bytesServed: number;
  readonly webhooksSent: number;
  /** Answers by status code; lost replies are not answers. */
  readonly answers: Readonly<Record<string, number>>;
  readonly inFlight: Readonly<ByKind>;
  readonly maxInFlight: Readonly<ByKind>;
  /** Predictions ready to complete that the barrier holds. */
  readonly held: number;
  /** In the order of creation. */
  readonly predictions: readonly CountedPrediction[];
  /** Ids in the order in which predictions ended. */
  readonly finishOrder: readonly string[];
  /** Questions to the language model, in their order. */
  readonly chats: readonly CountedChat[];
}

/** One accepted prediction. Times are milliseconds since 1970. */
export interface CountedPrediction {
  readonly id: string;
  readonly kind: OutputKind;
  readonly model: string;
  readonly status: PredictionStatus;
  /** The input as it was sent; kept beyond the retention. */
  readonly input: ModelInput;
  /** Sha256 of each reference picture, by field, in order; present for predictions that were fully drawn. */
  readonly received?: PredictionRecord['received'];
  readonly createdAtMs: number;
  readonly startedAtMs?: number;
  readonly finishedAtMs?: number;
}

/** The requests that are only counted. */
export type CountedRequest =
  'createRequests' | 'cancels' | 'gets' | 'lists' | 'outputRequests' | 'webhooksSent';

/** Counts events that are not in the journal. */
export class Tally {
  requests = noRequests();
  answers: Record<string, number> = {};
  maxInFlight: ByKind = noneOfEach();
  bytesServed = 0;

  reset(): void {
    this.requests = noRequests();
    this.answers = {};
    this.maxInFlight = noneOfEach();
    this.bytesServed = 0;
  }

  answer(status: number): void {
    this.answers[status] = (this.answers[status] ?? 0) + 1;
  }

  watchInFlight(inFlight: Readonly<ByKind>): void {
    for (const kind of outputKinds) {
      this.maxInFlight[kind] = Math.max(this.maxInFlight[kind], inFlight[kind]);
    }
  }
}

/** Combines the counts of the journal and the tally. */
export function summarize(tally: Tally, store: PredictionStore, held: number): Omit<Counters, 'chats'> {
  const records = store.all();
  const byModel: Record<string, number> = {};
  for (const { model } of records) byModel[model] = (byModel[model] ?? 0) + 1;
  const inFlight = countKinds(records.filter(({ status }) => !isFinal(status)));
  // An accepted prediction counts as in flight even before its run begins.
  tally.watchInFlight(inFlight);
  return {
    ...tally.requests,
    creates: records.length,
    createsByKind: countKinds(records),
    createsByModel: byModel,
    bytesServed: tally.bytesServed,
    answers: { ...tally.answers },
    inFlight,
    maxInFlight: { ...tally.maxInFlight },
    held,
    predictions: records.map((record) => present(record, store.createdInput(record.id))),
    finishOrder: store.endedIds(),
  };
}

function present(record: PredictionRecord, input: ModelInput): CountedPrediction {
  const { id, kind, model, status, createdAt, startedAt, completedAt, received } = record;
  return {
    ...{ id, kind, model, status, input, createdAtMs: createdAt },
    startedAtMs: startedAt,
    finishedAtMs: completedAt,
    received,
  };
}

/** Counts the records of each kind. */
export function countKinds(records: readonly PredictionRecord[]): ByKind {
  const counts = noneOfEach();
  for (const { kind } of records) counts[kind] += 1;
  return counts;
}

function noRequests(): Record<CountedRequest, number> {
  return { createRequests: 0, cancels: 0, gets: 0, lists: 0, outputRequests: 0, webhooksSent: 0 };
}

function noneOfEach(): ByKind {
  return Object.fromEntries(outputKinds.map((kind) => [kind, 0])) as ByKind;
}
