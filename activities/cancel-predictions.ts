import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import { recordOutcome } from './ledger/read-outcome.ts';
import { toOutcome } from './await-prediction.ts';
import type { Hosts } from './providers/hosts.ts';
import { defineActivity } from './runtime/define-activity.ts';

export interface CancelRequest {
  readonly videoId: string;
}

/** What a cancellation came to, in US dollars. */
export interface CancelReport {
  /** Predictions that were live and are so no more. */
  readonly canceled: number;
  /** Paid for what had ended before. */
  readonly spentUsd: number;
  /** The highest price of what the host will not charge. */
  readonly savedUsd: number;
  /** The highest price of what was running and is charged all the same. */
  readonly pastSavingUsd: number;
}

export interface CancelDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
}

/**
 * Ends every live prediction of a video at its host. Safe to run again: it reads the ledger, and a prediction that
 * has ended is left as it is.
 */
export function createCancelPredictions({ ledger, hosts }: CancelDependencies) {
  return defineActivity(async ({ videoId }: CancelRequest): Promise<CancelReport> => {
    const report = { canceled: 0, spentUsd: 0, savedUsd: 0, pastSavingUsd: 0 };
    for await (const held of ledger.list(videoId)) {
      if (held.entry.state !== 'submitted') report.spentUsd += held.entry.costUsd ?? 0;
      else await cancelOne(held, { ledger, hosts, report });
    }
    return report;
  });
}

interface CancelWork extends CancelDependencies {
  readonly report: { canceled: number; spentUsd: number; savedUsd: number; pastSavingUsd: number };
}

async function cancelOne(held: HeldEntry, { ledger, hosts, report }: CancelWork): Promise<void> {
  const { predictionId, host: hostName, highestPriceUsd } = held.entry;
  if (predictionId === undefined) return;
  const host = hosts.get(hostName);
  await host.cancelPrediction(predictionId);
  const status = await host.getPrediction(predictionId);
  // A host that takes its time still stops: the order carried a deadline.
  if (status?.state === 'running') {
    report.pastSavingUsd += highestPriceUsd;
    return;
  }
  const outcome = await recordOutcome(ledger, held, toOutcome(status, held));
  if (outcome.state === 'succeeded') {
    report.spentUsd += outcome.costUsd;
    return;
  }
  report.canceled += 1;
  if (outcome.costUsd > 0) report.pastSavingUsd += outcome.costUsd;
  else report.savedUsd += highestPriceUsd;
}
