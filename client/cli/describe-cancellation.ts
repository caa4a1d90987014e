import type { CancelReport } from '../../domain/progress.ts';
import { showUsd } from '../terminal/printable.ts';

/** E.g. `Ended 3 predictions at the hosts: $0.450 spent, $0.900 saved, $0.450 past saving.` */
export function describeCancellation(report: CancelReport): string {
  const { canceled, spentUsd, savedUsd, pastSavingUsd, stillRunning = 0 } = report;
  return (
    `Ended ${canceled} predictions at the hosts: ${showUsd(spentUsd)} spent, ${showUsd(savedUsd)} saved, ` +
    `${showUsd(pastSavingUsd)} past saving.` +
    (stillRunning === 0 ? '' : ` ${stillRunning} of them run on, because their host does not end them.`)
  );
}
