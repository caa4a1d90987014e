import { showUsd } from './show-usd.ts';

/** The highest price of a plan and the money for it, in US dollars. */
export interface PlannedMoney {
  readonly highestUsd: number;
  /** Absent without a cap. */
  readonly budgetUsd?: number;
  /** The music's share of `highestUsd`: a video that cannot pay for it is made without music. */
  readonly scoreUsd: number;
  /** Whether the video waits for a person when its money runs out; otherwise it fails. */
  readonly waits: boolean;
}

/** @returns the effect of a budget below the highest price; undefined where the budget is enough or absent */
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
