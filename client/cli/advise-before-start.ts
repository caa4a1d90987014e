import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { Estimate } from '../../domain/estimate.ts';
import { describeShortage } from '../../domain/describe-shortage.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import type { StartOptions } from '../videos/start-video.ts';
import { printable } from '../terminal/printable.ts';
import { showUsd } from '../../domain/show-usd.ts';
import type { CommandSession } from './run-command.ts';

/** Time limits for a warning about money, and for advice alone. */
const warningTimeoutMs = 3_000;
const adviceTimeoutMs = 1_000;

/**
 * Before the start, warns of a budget below the highest price of the video, and advises people on a better plan.
 *
 * @returns the options for the start, including the id, so that the start makes the priced storyboard; undefined
 *   without an estimate
 */
export async function adviseBeforeStart(
  { connect, output }: CommandSession,
  brief: BriefInput,
  named: StartOptions,
): Promise<StartOptions | undefined> {
  const hasBudget = brief.limits?.budgetUsd !== undefined;
  const hasPlanner = brief.models?.planner !== undefined || brief.beats !== undefined;
  if (!hasBudget && (hasPlanner || output.json)) return undefined;
  const client = await connect();
  try {
    const timeoutMs = hasBudget ? warningTimeoutMs : adviceTimeoutMs;
    const estimate = await client.estimate(brief, { ...named, timeoutMs });
    const warning = describeBudget(estimate);
    if (warning !== undefined) output.warn(warning);
    adviseOnPlanner(estimate, output);
    return { ...named, videoId: estimate.videoId };
  } catch (error) {
    // The start reports a problem of the brief itself; other problems do not affect it.
    if (error instanceof BeatreelError) return undefined;
    throw error;
  }
}

/** Tells people, once a command, how to get a language model's plan. */
export function adviseOnPlanner({ betterPlan }: Estimate, output: CommandSession['output']): void {
  if (betterPlan !== undefined) output.note(`${printable(betterPlan)} To keep this one: --planner built-in`);
}

/** @returns undefined where the budget suffices or is absent */
export function describeBudget({
  highestUsd,
  budgetUsd,
  phases,
  onFailure = 'park',
}: Estimate): string | undefined {
  const scoreUsd = phases.find(({ phase }) => phase === 'music')?.costUsd ?? 0;
  const shortage = describeShortage({ highestUsd, budgetUsd, scoreUsd, waits: onFailure === 'park' });
  const parts = phases.map(({ units, phase, costUsd }) => `${phase} ${units}: ${showUsd(costUsd)}`);
  return shortage === undefined ? undefined : `${shortage} (${parts.join(', ')})`;
}
