import type { CancelReport } from '../../domain/progress.ts';
import { countOf } from '../../domain/count-of.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** E.g. `Ended 3 predictions at the hosts. Purchases cost $1.57; $0.45 was not charged.` */
export function describeCancellation(report: CancelReport): string {
  const { canceled, spentUsd, savedUsd, pastSavingUsd, stillRunning = 0, unsettled = 0 } = report;
  const { costUsd = spentUsd + pastSavingUsd } = report;
  const openUsd = spentUsd + pastSavingUsd - costUsd;
  return [
    `Ended ${countOf(canceled, 'prediction')} at the hosts. Purchases cost ${showUsd(costUsd)}; ${showUsd(savedUsd)} was not charged.`,
    ...(stillRunning === 0
      ? []
      : [
          `Up to ${showUsd(openUsd)} more for ${countOf(stillRunning, 'prediction')} that the host does not end.`,
        ]),
    ...(unsettled === 0
      ? []
      : [`The end of ${countOf(unsettled, 'purchase')} is not known: see the ledger.`]),
  ].join(' ');
}
