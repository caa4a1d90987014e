import { showUsd } from './show-usd.ts';

/** What a plan may cost, and the money that is there for it; in US dollars. */
export interface PlannedMoney {
  readonly highestUsd: number;
  /** Absent without a cap. */
  readonly budgetUsd?: number;
  /** Of `highestUsd`, what the music may cost: the video is made without it where the money does not reach. */
  readonly scoreUsd: number;
  /** Whether the video waits for a person when its money is at its end; otherwise it fails. */
  readonly waits: boolean;
}

/** @returns what a budget below the highest price leads to; undefined where it is enough, or there is none */
export function describeShortage({
  highestUsd,
  budgetUsd,
  scoreUsd,
  waits,
}: PlannedMoney): string | undefined {
  if (budgetUsd === undefined || budgetUsd >= highestUsd) return undefined;
  const shortage = `The plan may cost up to ${showUsd(highestUsd)}, and the budget is ${showUsd(budgetUsd)}`;
  if (budgetUsd >= highestUsd - scoreUsd)
    return `${shortage}: where the footage costs its highest price, the video is made without music.`;
  return waits
    ? `${shortage}: the video stops and waits for more money when the next purchase does not fit.`
    : `${shortage}: the video fails when the next purchase does not fit.`;
}
