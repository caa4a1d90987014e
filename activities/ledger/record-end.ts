import { failureTypes } from '../../domain/failure-types.ts';
import type { PredictionOutcome } from '../../domain/prediction.ts';
import { roundUsd } from '../../domain/round-usd.ts';
import type { EndedStatus } from '../providers/model-host.ts';
import { pickOutput } from '../providers/output-files.ts';
import { storeNow } from './doubts.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { recordOutcome } from './read-outcome.ts';
import { showUsd } from '../../domain/show-usd.ts';

/**
 * Writes how a prediction ended; several looks may do so at once. An outcome already in the ledger is left as it is.
 *
 * @param status the host's answer; undefined when it no longer knows the prediction
 * @returns the outcome in the ledger
 */
export function recordEnd(
  ledger: Ledger,
  held: HeldEntry,
  status: EndedStatus | undefined,
): Promise<PredictionOutcome> {
  noticeEnd(ledger, held, status);
  return recordOutcome(ledger, held, toOutcome(status, held));
}

/** Reports how late the end was noticed, where the host says how long the prediction took. */
function noticeEnd({ watch }: Ledger, held: HeldEntry, status: EndedStatus | undefined): void {
  const { host, state, submittedAt } = held.entry;
  if (state !== 'submitted' || submittedAt === undefined) return;
  if (status?.state !== 'succeeded' || status.tookMs === undefined) return;
  const endedAtMs = Date.parse(submittedAt) + status.tookMs;
  watch.noticedEnd(host, (storeNow(held).getTime() - endedAtMs) / 1000);
}

/** Translates a host's status into an outcome with its cost. */
export function toOutcome(status: EndedStatus | undefined, { entry }: HeldEntry): PredictionOutcome {
  const priceUsd = entry.highestPriceUsd;
  const lost = (reason: string) =>
    ({ state: 'lost', type: failureTypes.paidAndLost, reason, costUsd: priceUsd }) as const;
  if (!status) return lost(`The host no longer knows the prediction; it cost up to ${showUsd(priceUsd)}.`);
  if (status.state !== 'succeeded') {
    const { state, type, reason, charged } = status;
    return { state, type, reason, costUsd: charged ? priceUsd : 0 };
  }
  if (status.dataRemoved)
    return lost(`The host removed the output before it was fetched; it cost ${showUsd(priceUsd)}.`);
  const costUsd = toCost(status, entry);
  const files = pickOutput(status.outputUrls, entry.medium).length;
  if (files === 1) return { state: 'succeeded', costUsd };
  const reason = `The host delivered ${files} files where 1 was ordered.`;
  return { state: 'failed', type: failureTypes.artifactMissing, reason, costUsd };
}

/** In US dollars; may exceed the highest price of the catalogue, which is then wrong. */
function toCost({ billedSeconds }: { readonly billedSeconds?: number }, entry: HeldEntry['entry']): number {
  const { highestPriceUsd, pricePerSecondUsd } = entry;
  if (pricePerSecondUsd === undefined || billedSeconds === undefined) return highestPriceUsd;
  return roundUsd(pricePerSecondUsd * billedSeconds);
}
