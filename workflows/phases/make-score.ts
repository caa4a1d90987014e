import { isCancellation } from '@temporalio/workflow';

import { buyUnit } from '../buying/buy-unit.ts';
import { toModels } from '../buying/purchase.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import { readUnitFailure } from '../unit-failure.ts';
import type { VideoRun } from '../video-run.ts';
import { keyOf } from '../video-run.ts';

/** What became of the music. */
export type Score =
  | { readonly status: 'included'; readonly artifact: ArtifactRef }
  | { readonly status: 'off' }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Phase 5, first half: the score, bought beside the chunks and fitted to the length of the video. It never fails the
 * video: whatever goes wrong is in what it returns.
 */
export async function makeScore(run: VideoRun): Promise<Score> {
  const { board, brief } = run;
  if (!brief.music.enabled) return { status: 'off' };
  board.expectUnits('music', [{ name: 'score' }]);
  board.startPhase('music');
  const bought = await buyScore(run);
  if (!bought) {
    const { failure } = board.unit('music', 'score');
    // A missing score parks nothing: the unit is skipped, and the result says why.
    board.updateUnit('music', 'score', { status: 'skipped' });
    return { status: 'failed', reason: failure ? `${failure.type}: ${failure.reason}` : 'no score was made' };
  }
  try {
    const { artifact: score, predictionKey } = bought;
    const artifact = await run.activities.call(
      'fitScore',
      {
        score,
        durationSeconds: brief.durationSeconds,
        key: keyOf(run, `scores/fitted-${predictionKey.slice(0, 12)}.flac`),
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

function buyScore(run: VideoRun) {
  const { brief, storyboard } = run;
  return buyUnit(run, {
    phase: 'music',
    beat: 0,
    chunk: 0,
    ...toModels(brief.models.score),
    queue: 'score',
    summary: 'score',
    path: 'scores/score',
    describe: ({ seed, prompt = storyboard.musicPrompt }) => ({
      kind: 'score',
      prompt,
      seed,
      seconds: brief.durationSeconds,
    }),
  });
}
