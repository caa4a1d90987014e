import { describeCount } from '../domain/assert-count.ts';
import type { Phase } from '../domain/unit.ts';
import type { VideoRun } from '../video-run.ts';

/** What is made, and for what. */
export interface UnitKind {
  /** Whose units these are; those phases that are not done show as partial while the video is parked. */
  readonly phases: readonly Phase[];
  /** E.g. `stills`. */
  readonly things: string;
  /** What each is made for, e.g. `beats`. */
  readonly wholes: string;
}

/**
 * Runs units until every one of them has its file, parking in between for a person to decide. What
 * is finished is not run again: `work` finds it where it was kept.
 *
 * @param work one result a unit, in screen order; undefined where it failed
 */
export async function completeUnits<T>(
  run: VideoRun,
  { phases, things, wholes }: UnitKind,
  work: () => Promise<readonly (T | undefined)[]>,
): Promise<readonly T[]> {
  for (;;) {
    const results = await work();
    const complete = results.filter((result) => result !== undefined);
    if (complete.length === results.length) return complete;
    // A person decided while the others were running: what was failed then is not now.
    if (run.parking.takeReopened()) continue;
    // Without a failed unit there is nothing to retry; the caller's count names what is missing.
    if (run.board.failedUnits().length === 0) return complete;
    const open = phases.filter((phase) => run.board.phaseStatus(phase) === 'running');
    for (const phase of open) run.board.endPhase(phase, 'partial');
    const count = describeCount({ things, count: complete.length, wholes, expected: results.length });
    await run.parking.waitForRetry(run.brief.onFailure, count);
    for (const phase of open) run.board.startPhase(phase);
  }
}
