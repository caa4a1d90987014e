import type { Phase } from '../domain/unit.ts';
import type { VideoRun } from '../video-run.ts';

/**
 * Runs the units of a phase until every one of them has its file, parking in between for a person to decide. What
 * is finished is not run again: `work` finds it where it was kept.
 *
 * @param phases whose units these are; those that are not done show as partial while the video is parked
 * @param work one result a unit, in screen order; undefined where it failed
 */
export async function completeUnits<T>(
  run: VideoRun,
  phases: readonly Phase[],
  work: () => Promise<readonly (T | undefined)[]>,
): Promise<readonly T[]> {
  for (;;) {
    const results = await work();
    const complete = results.filter((result) => result !== undefined);
    // Without a failed unit there is nothing to retry; the caller's count names what is missing.
    if (complete.length === results.length || run.board.failedUnits().length === 0) return complete;
    const open = phases.filter((phase) => run.board.phaseStatus(phase) === 'running');
    for (const phase of open) run.board.endPhase(phase, 'partial');
    await run.parking.waitForRetry(run.brief.onFailure);
    for (const phase of open) run.board.startPhase(phase);
  }
}
