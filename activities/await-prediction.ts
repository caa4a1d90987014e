import type { Prediction, PredictionOutcome } from '../domain/prediction.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { Ledger } from './ledger/ledger.ts';
import { readOutcome } from './ledger/read-outcome.ts';
import { readPurchase } from './ledger/read-purchase.ts';
import { recordEnd } from './ledger/record-end.ts';
import type { Hosts } from './providers/hosts.ts';
import { lookAt } from './providers/hosts.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { keepPaid } from './runtime/keep-paid.ts';
import type { PollPacer } from './runtime/poll-pacer.ts';

export interface AwaitRequest {
  readonly ledgerKey: string;
  readonly prediction: Prediction;
  /** Name in the catalogue: predictions of one model take about as long as each other. */
  readonly model: string;
  /** When its order was answered, ISO 8601. Default: when the waiting began. */
  readonly submittedAt?: string | undefined;
  /** The host tells us of its end, so looks are only for a message that is lost. Default: false. */
  readonly webhookOrdered?: boolean | undefined;
}

export interface AwaitDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly pacer: PollPacer;
}

/** How long a host may answer that it knows no such prediction before that is believed, in milliseconds. */
const unknownForMs = 60_000;

/**
 * Looks once whether a prediction has ended. "Not yet" is a failure that Temporal retries after a delay of ours, so
 * nothing is held between two looks. Safe to run again: it only reads, and records the outcome once. What a host answered
 * at once it does not know any more: its outcome stands in the ledger.
 */
export function createAwaitPrediction({ ledger, hosts, pacer }: AwaitDependencies) {
  return defineActivity(async (request: AwaitRequest, run): Promise<PredictionOutcome> => {
    const { ledgerKey, prediction, model, submittedAt, webhookOrdered = false } = request;
    const status = await keepPaid(lookAt(hosts, prediction));
    const known = status === undefined ? await keepPaid(readKnown(ledger, ledgerKey)) : undefined;
    if (known) return known;
    // A host may not know at once what it has just accepted.
    const isTooNew = status === undefined && run.sinceScheduledMs < unknownForMs;
    if (isTooNew || status?.state === 'running') {
      const elapsedMs =
        submittedAt === undefined ? run.sinceScheduledMs : Date.now() - Date.parse(submittedAt);
      throw new BeatreelFailure(failureTypes.predictionPending, `Prediction ${prediction.id} is running.`, {
        retryAfterMs: pacer.nextLookMs({ id: prediction.id, model, elapsedMs, isAnnounced: webhookOrdered }),
      });
    }
    pacer.noteEnd({ id: prediction.id, model }, status?.state === 'succeeded' ? status.tookMs : undefined);
    const held = await keepPaid(readPurchase(ledger, ledgerKey));
    return keepPaid(recordEnd(ledger, held, status));
  });
}

async function readKnown(ledger: Ledger, ledgerKey: string): Promise<PredictionOutcome | undefined> {
  return readOutcome((await readPurchase(ledger, ledgerKey)).entry);
}
