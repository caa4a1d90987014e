import { isCancellation } from '@temporalio/workflow';

import type { FittedScore } from '../../domain/artifact.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { readUnitFailure } from '../unit-failure.ts';
import type { BoughtUnit } from '../units/bought-unit.ts';
import type { BoughtArtifact } from '../units/take.ts';
import { completeUnits } from './complete-units.ts';

/** The result of phase 5's first half. */
export type Score =
  | { readonly status: 'included'; readonly artifact: FittedScore }
  | { readonly status: 'off' }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Phase 5, first half: the score, bought beside the chunks and fitted to the length of the video. It never fails the
 * video: every failure is part of the result. Only a score that may be paid for keeps the video waiting, once nothing
 * else is left to do.
 *
 * @param footageIsDone settles when the cut is made
 */
export async function makeScore(plan: PlannedVideo, footageIsDone: PromiseLike<unknown>): Promise<Score> {
  const { video, brief, score } = plan;
  if (!score) return { status: 'off' };
  video.phase('music').begin();
  await score.buy();
  const waits = () => brief.onFailure === 'park' && score.isAtStake && !score.isSkipped;
  if (waits()) await footageIsDone;
  const kind = { phases: ['music'], what: 'scores', per: 'videos', onFailure: 'park' } as const;
  const [bought] = await completeUnits<BoughtArtifact | 'none'>(video, kind, async () => [
    (await score.buy()) ?? (waits() ? undefined : 'none'),
  ]);
  if (!bought || bought === 'none') return skip(score);
  return fit(plan, bought);
}

/** Skips the unit: a missing score parks nothing, and the result names the reason. */
function skip(score: BoughtUnit): Score {
  const failure = score.skip();
  return { status: 'failed', reason: failure ? `${failure.type}: ${failure.reason}` : 'no score was made' };
}

async function fit(plan: PlannedVideo, bought: BoughtArtifact): Promise<Score> {
  const { video, brief, fittedScore } = plan;
  const { predictionKey } = bought;
  if (fittedScore?.predictionKey === predictionKey)
    return { status: 'included', artifact: fittedScore.artifact };
  try {
    const { note, ...artifact } = await video.activities.fitScore(
      {
        score: bought.artifact,
        durationSeconds: brief.durationSeconds,
        key: `videos/${video.id}/scores/fitted-${predictionKey.slice(0, 12)}-${brief.durationSeconds}s.flac`,
      },
      { summary: 'fit the score', activityId: 'score-fit' },
    );
    if (typeof note === 'string') video.warn(`score: ${note}`);
    plan.fittedScore = { predictionKey, artifact };
    return { status: 'included', artifact };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { type, reason } = readUnitFailure(error);
    return { status: 'failed', reason: `${type}: ${reason}` };
  }
}
