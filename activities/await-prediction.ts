import type { Beliefs } from '../domain/beliefs.ts';
import type { Prediction, PredictionOutcome } from '../domain/prediction.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { Ledger } from './ledger/ledger.ts';
import { isDoubtful } from './ledger/is-doubtful.ts';
import { readOutcome } from './ledger/read-outcome.ts';
import { noteDoubt } from './ledger/doubts.ts';
import { isUnknown } from './ledger/is-unknown.ts';
import { readPurchase } from './ledger/read-purchase.ts';
import { recordEnd } from './ledger/record-end.ts';
import { type Hosts, lookAt } from './providers/hosts.ts';
import type { EndedStatus } from './providers/model-host.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { neverFinal } from './runtime/never-final.ts';
import type { PollPacer } from './runtime/poll-pacer.ts';

export interface AwaitRequest {
  readonly ledgerKey: string;
  readonly prediction: Prediction;
  /** Name in the catalogue. Predictions of one model take about equally long. */
  readonly model: string;
  /** When its order was answered, ISO 8601. Default: when the waiting began. */
  readonly submittedAt?: string | undefined;
  /** Whether the host announces its end, so that looks only cover a lost message. Default: false. */
  readonly webhookOrdered?: boolean | undefined;
}

export interface AwaitDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly beliefs: Beliefs;
  readonly pacer: PollPacer;
}

/**
 * Looks once whether a prediction has ended. "Not yet" is a failure that Temporal retries after a delay of ours, so
 * nothing is held between two looks. Safe to run again: it only reads, and records the outcome once. Orders that a host
 * answers at once have their outcome in the ledger; the host does not know them afterwards.
 */
export function createAwaitPrediction(dependencies: AwaitDependencies) {
  const { ledger, hosts, pacer } = dependencies;
  return defineActivity(async (request: AwaitRequest, run): Promise<PredictionOutcome> => {
    const { ledgerKey, prediction, model, submittedAt, webhookOrdered = false } = request;
    const status = await neverFinal(lookAt(hosts, prediction));
    if (status === undefined || isDoubtful(status))
      return neverFinal(judgeGone(dependencies, { request, status, signal: run.signal }));
    if (status.state === 'running') {
      const elapsedMs =
        submittedAt === undefined ? run.sinceScheduledMs : Date.now() - Date.parse(submittedAt);
      throw new BeatreelFailure(failureTypes.predictionPending, `Prediction ${prediction.id} is running.`, {
        retryAfterMs: pacer.nextLookMs({ id: prediction.id, model, elapsedMs, isAnnounced: webhookOrdered }),
      });
    }
    pacer.noteEnd({ id: prediction.id, model }, status.state === 'succeeded' ? status.tookMs : undefined);
    const held = await neverFinal(readPurchase(ledger, ledgerKey));
    return neverFinal(recordEnd(ledger, held, status));
  });
}

interface Gone {
  readonly request: AwaitRequest;
  /** The status with its output removed; undefined where the host knows no such prediction. */
  readonly status: EndedStatus | undefined;
  readonly signal: AbortSignal;
}

/** The host reports the prediction or its output gone: use a recorded outcome, else believe only a repeated report. */
async function judgeGone(
  dependencies: AwaitDependencies,
  { request: { ledgerKey, prediction }, status, signal }: Gone,
): Promise<PredictionOutcome> {
  const { ledger, beliefs } = dependencies;
  const held = await readPurchase(ledger, ledgerKey);
  const known = readOutcome(held.entry);
  if (known) return known;
  const gone = status
    ? await noteDoubt(ledger, held, { answer: 'outputRemoved', belief: beliefs.outputRemoved })
    : await isUnknown(dependencies, held, signal);
  if (gone.isBelieved) return recordEnd(ledger, gone.held, status);
  const finding = status ? 'has removed the output of' : 'does not know';
  const message = `The host ${finding} prediction ${prediction.id}; it is asked again before that is believed.`;
  throw new BeatreelFailure(failureTypes.predictionPending, message, { retryAfterMs: askAgainMs(beliefs) });
}

/** The wait before a doubtful answer is asked for again, in milliseconds: a tenth of the shorter time to belief. */
function askAgainMs({ unknownPrediction, outputRemoved }: Beliefs): number {
  return Math.min(unknownPrediction.overSeconds, outputRemoved.overSeconds) * 100;
}
