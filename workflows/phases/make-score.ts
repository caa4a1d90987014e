import { isCancellation } from '@temporalio/workflow';

import type { ArtifactRef } from '../../domain/artifact.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { readUnitFailure } from '../unit-failure.ts';

/** What became of the music. */
export type Score =
  | { readonly status: 'included'; readonly artifact: ArtifactRef }
  | { readonly status: 'off' }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Phase 5, first half: the score, bought beside the chunks and fitted to the length of the video. It never fails the
 * video: whatever goes wrong is in what it returns.
 */
export async function makeScore({ video, brief, score }: PlannedVideo): Promise<Score> {
  if (!score) return { status: 'off' };
  video.phase('music').begin();
  const bought = await score.buy();
  if (!bought) {
    const { failure } = score;
    // A missing score parks nothing: the unit is skipped, and the result says why.
    score.skip();
    return { status: 'failed', reason: failure ? `${failure.type}: ${failure.reason}` : 'no score was made' };
  }
  try {
    const artifact = await video.activities.fitScore(
      {
        score: bought.artifact,
        durationSeconds: brief.durationSeconds,
        key: `videos/${video.id}/scores/fitted-${bought.predictionKey.slice(0, 12)}.flac`,
      },
      { summary: 'fit the score', activityId: 'score-fit' },
    );
    return { status: 'included', artifact };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { type, reason } = readUnitFailure(error);
    return { status: 'failed', reason: `${type}: ${reason}` };
  }
}
