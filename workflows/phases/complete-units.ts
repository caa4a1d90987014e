import { CancellationScope, CancelledFailure, condition } from '@temporalio/workflow';

import { describeCount } from '../../domain/assert-count.ts';
import type { FailurePolicy } from '../../domain/brief.ts';
import type { Phase } from '../../domain/media.ts';
import { unitsFailed } from '../unit-failure.ts';
import type { Video } from '../video.ts';

/** What is made, and for what. */
export interface UnitKind {
  /** Whose units these are; those phases that are not done show as partial while the video is parked. */
  readonly phases: readonly Phase[];
  /** E.g. `stills`. */
  readonly what: string;
  /** What each is made for, e.g. `beats`. */
  readonly per: string;
  readonly onFailure: FailurePolicy;
}

/**
 * Runs units until every one of them has its file, parking in between for a person to decide. What is finished is not
 * made again: its unit keeps it.
 *
 * @param work one result a unit, in screen order; undefined where it failed
 */
export async function completeUnits<T>(
  video: Video,
  { phases, what, per, onFailure }: UnitKind,
  work: () => Promise<readonly (T | undefined)[]>,
): Promise<readonly T[]> {
  for (;;) {
    const { reopenings } = video;
    const results = await work();
    const complete = results.filter((result) => result !== undefined);
    if (complete.length === results.length) return complete;
    // A person decided while the others were running: what was failed then is not now.
    if (video.reopenings > reopenings) continue;
    // Without a failed unit there is nothing to retry; the caller's count names what is missing.
    if (video.failedUnits.length === 0) return complete;
    const count = describeCount({ what, count: complete.length, per, expected: results.length });
    if (onFailure === 'fail') throw unitsFailed(count, video.failedUnits);
    await park(video, phases, count);
  }
}

/** Waits for a person, without a time limit. @param problem a sentence with both counts */
async function park(video: Video, phases: readonly Phase[], problem: string): Promise<void> {
  // Units that are cancelled with the video wait for nobody.
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure(problem);
  const { reopenings } = video;
  const running = phases.map((phase) => video.phase(phase)).filter(({ status }) => status === 'running');
  for (const phase of running) phase.end('partial');
  video.problem = problem;
  video.setStatus('parked');
  await condition(() => video.reopenings > reopenings);
  video.problem = undefined;
  video.setStatus('running');
  for (const phase of running) phase.begin();
}
