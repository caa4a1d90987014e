import type { BriefInput } from '../../workflows/contract/brief-schema.ts';
import type { Estimate } from '../../workflows/domain/estimate.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import type { StartOptions } from '../videos/start-video.ts';
import { showUsd } from './printable.ts';
import type { CommandSession } from './run-command.ts';

/** Nobody waits longer for a warning. */
const timeoutMs = 3_000;

/**
 * Says before the start when the budget of a brief is less than the video may cost.
 *
 * @returns the options to start with, the id among them, so that the storyboard is the one that was priced; undefined when nothing is known
 */
export async function warnOfBudget(
  { connect, output }: CommandSession,
  brief: BriefInput,
  named: StartOptions,
): Promise<StartOptions | undefined> {
  if (brief.limits?.budgetUsd === undefined) return undefined;
  const client = await connect();
  try {
    const estimate = await client.estimate(brief, { ...named, timeoutMs });
    const warning = describeShortage(estimate);
    if (warning !== undefined) output.warn(warning);
    return { ...named, videoId: estimate.videoId };
  } catch (error) {
    // Whatever is wrong, the start says it itself, or it does not matter to it.
    if (error instanceof BeatreelError) return undefined;
    throw error;
  }
}

/** @returns undefined where the budget is enough, or there is none */
export function describeShortage({ highestUsd, budgetUsd, phases }: Estimate): string | undefined {
  if (budgetUsd === undefined || budgetUsd >= highestUsd) return undefined;
  const parts = phases.map(({ units, phase, costUsd }) => `${phase} ${units}: ${showUsd(costUsd)}`);
  return (
    `The budget of ${showUsd(budgetUsd)} is less than the video may cost, ${showUsd(highestUsd)} ` +
    `(${parts.join(', ')}). It will stop and wait for more money when the next purchase does not fit.`
  );
}
