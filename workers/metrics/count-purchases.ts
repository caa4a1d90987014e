import type { MetricMeter } from '@temporalio/common';

import type { LedgerWatch } from '../../activities/ledger/ledger-watch.ts';
import type { LedgerEntry } from '../../activities/ledger/ledger-entry.ts';
import { toMicroUsd } from '../../domain/round-usd.ts';

/** Upper bounds of the histogram of {@link countPurchases}, in seconds. */
export const lateBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

/** The name of that histogram, without the unit that the exporter adds. */
export const lateMetric = 'beatreel_end_noticed';

/** The label of a language model's cost, which is not in a ledger. */
export const plannerHost = 'planner';

/** Counts purchases and plans. */
export interface PurchaseCounts extends LedgerWatch {
  /** Counts a plan by a language model, in US dollars. */
  readonly planned: (costUsd: number) => void;
}

/**
 * Counts this process's ledger writes: each amount is counted by the write that records it, so the counters of all
 * processes add up to the ledgers, unless one is killed between a write and the next scrape.
 */
export function countPurchases(meter: MetricMeter): PurchaseCounts {
  const counter = (name: string, description: string) =>
    meter.createCounter(`beatreel_${name}`, undefined, description);
  const ordered = counter('predictions_ordered', 'Predictions that a host took, by host and medium.');
  const ended = counter('predictions_ended', 'Predictions whose end became known, by host and outcome.');
  const reserved = counter('reserved_micro_dollars', 'Highest prices of what was ordered, by host.');
  const spent = counter('spent_micro_dollars', 'Cost of what has ended, by host.');
  const saved = counter('saved_micro_dollars', 'Highest prices of what was ended in time and not charged.');
  const stored = counter('stored_bytes', 'Bytes of outputs that came from a host into the bucket.');
  const adopted = counter('lost_answers_adopted', 'Orders without an answer that were found at their host.');
  const late = meter.createHistogram(
    lateMetric,
    'float',
    'seconds',
    'From the end of a prediction at its host to our knowing.',
  );
  return {
    wrote: (after, before) => {
      const { host, medium, state } = after;
      if (after.predictionId !== undefined && before?.predictionId === undefined) {
        ordered.add(1, { host, medium });
        reserved.add(toMicroUsd(after.highestPriceUsd), { host });
        if (after.adopted) adopted.add(1, { host });
      }
      const [costBefore, cost] = [costOf(before), costOf(after)];
      // A counter only grows, so a cost that turns out lower stays counted.
      if (cost > costBefore) spent.add(cost - costBefore, { host });
      if (isOver(after) && !isOver(before) && after.predictionId !== undefined) {
        ended.add(1, { host, outcome: state });
        if (state === 'canceled' && cost === 0) saved.add(toMicroUsd(after.highestPriceUsd), { host });
      }
      if (after.artifact && !before?.artifact) stored.add(after.artifact.sizeBytes, { host, medium });
    },
    noticedEnd: (host, lateSeconds) => {
      late.record(Math.max(0, lateSeconds), { host });
    },
    planned: (costUsd) => {
      if (costUsd > 0) spent.add(toMicroUsd(costUsd), { host: plannerHost });
    },
  };
}

function costOf(entry: LedgerEntry | undefined): number {
  return toMicroUsd(entry?.costUsd ?? 0);
}

function isOver(entry: LedgerEntry | undefined): boolean {
  return entry?.endedAt !== undefined;
}
