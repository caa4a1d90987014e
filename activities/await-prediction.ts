import type { Prediction, PredictionOutcome } from '../workflows/domain/prediction.ts';
import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import { readOutcome, recordOutcome } from './ledger/read-outcome.ts';
import { readPurchase } from './ledger/read-purchase.ts';
import type { Hosts } from './providers/hosts.ts';
import type { PredictionStatus } from './providers/model-host.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from './runtime/failures.ts';
import { keepPaid } from './runtime/keep-paid.ts';
import type { PollPacer } from './runtime/poll-pacer.ts';

export interface AwaitRequest {
  readonly ledgerKey: string;
  readonly prediction: Prediction;
  /** Name in the catalogue: predictions of one model take about as long as each other. */
  readonly model: string;
  /** When its order was answered, ISO 8601. Default: when the waiting began. */
  readonly submittedAt?: string | undefined;
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
 * nothing is held between two looks. Safe to run again: it only reads, and records the outcome once.
 */
export function createAwaitPrediction({ ledger, hosts, pacer }: AwaitDependencies) {
  return defineActivity(
    async ({ ledgerKey, prediction, model, submittedAt }: AwaitRequest, run): Promise<PredictionOutcome> => {
      const status = await keepPaid(hosts.get(prediction.host).getPrediction(prediction.id));
      // A host may not know at once what it has just accepted.
      const isTooNew = status === undefined && run.sinceScheduledMs < unknownForMs;
      if (isTooNew || status?.state === 'running') {
        const elapsedMs =
          submittedAt === undefined ? run.sinceScheduledMs : Date.now() - Date.parse(submittedAt);
        throw new BeatreelFailure(failureTypes.predictionPending, `Prediction ${prediction.id} is running.`, {
          retryAfterMs: pacer.nextLookMs({ id: prediction.id, model, elapsedMs }),
        });
      }
      pacer.noteEnd({ id: prediction.id, model }, status?.state === 'succeeded' ? status.tookMs : undefined);
      const held = await readPurchase(ledger, ledgerKey);
      return readOutcome(held.entry) ?? (await recordOutcome(ledger, held, toOutcome(status, held)));
    },
  );
}

/** What a status at the host means for the one who pays. */
export function toOutcome(
  status: Exclude<PredictionStatus, { state: 'running' }> | undefined,
  { entry }: Pick<HeldEntry, 'entry'>,
): PredictionOutcome {
  const priceUsd = entry.highestPriceUsd;
  const lost = (reason: string) =>
    ({ state: 'lost', type: failureTypes.paidAndLost, reason, costUsd: priceUsd }) as const;
  if (!status) return lost(`The host no longer knows the prediction; it cost up to $${priceUsd}.`);
  if (status.state !== 'succeeded') {
    const { state, type, reason, charged } = status;
    return { state, type, reason, costUsd: charged ? priceUsd : 0 };
  }
  if (status.dataRemoved)
    return lost(`The host removed the output before it was fetched; it cost $${priceUsd}.`);
  const costUsd = toCost(status, entry);
  if (status.outputUrls.length === 1) return { state: 'succeeded', costUsd };
  const reason = `The host delivered ${status.outputUrls.length} files where 1 was ordered.`;
  return { state: 'failed', type: failureTypes.artifactMissing, reason, costUsd };
}

/** In US dollars; may exceed the highest price of the catalogue, which is then wrong. */
function toCost({ billedSeconds }: { readonly billedSeconds?: number }, entry: HeldEntry['entry']): number {
  const { highestPriceUsd, pricePerSecondUsd } = entry;
  if (pricePerSecondUsd === undefined || billedSeconds === undefined) return highestPriceUsd;
  return Math.round(pricePerSecondUsd * billedSeconds * 1e6) / 1e6;
}
