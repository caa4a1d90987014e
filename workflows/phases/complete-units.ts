import { CancellationScope, CancelledFailure, condition } from '@temporalio/workflow';

import { describeCount } from '../../domain/assert-count.ts';
import type { FailurePolicy } from '../../domain/brief.ts';
import type { Phase } from '../../domain/media.ts';
import { unitsFailed } from '../unit-failure.ts';
import type { Video } from '../video.ts';

/** The units of a fan-out, for reports and counts. */
export interface UnitKind {
  /** Their phases; unfinished ones show as partial while the video is parked. */
  readonly phases: readonly Phase[];
  /** E.g. `stills`. */
  readonly what: string;
  /** The plural noun of the things they are made for, e.g. `beats`. */
  readonly per: string;
  readonly onFailure: FailurePolicy;
}

/**
 * Runs units until every one of them has its file, and parks in between for a person to decide. Finished units keep
 * their files.
 *
 * @param work returns one result a unit, in screen order; undefined for a failed unit
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
    // A person decided while the others were running, so the failures seen above may be outdated.
    if (video.reopenings > reopenings) continue;
    // Without a failed unit there is nothing to retry; the caller's count names the gap.
    if (video.failedUnits.length === 0) return complete;
    const count = describeCount({ what, count: complete.length, per, expected: results.length });
    if (onFailure === 'fail') throw unitsFailed(count, video.failedUnits);
    await park(video, phases, count);
  }
}

/** Waits for a person, without a time limit. @param problem a sentence with both counts */
async function park(video: Video, phases: readonly Phase[], problem: string): Promise<void> {
  // Units that were cancelled with the video do not park it.
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
