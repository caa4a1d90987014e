import type { ArtifactRef } from '../domain/artifact.ts';
import { countFrames } from '../domain/chunks.ts';
import type { VideoRun } from '../video-run.ts';
import { keyOf } from '../video-run.ts';
import { completeUnits } from './complete-units.ts';
import type { Score } from './make-score.ts';
import type { Footage } from './normalise-chunk.ts';
import { runStep } from './run-step.ts';

/** What the finished video is made of. */
export interface Parts {
  readonly cut: ArtifactRef;
  /** In screen order, with their own sounds. */
  readonly footage: readonly Footage[];
  readonly score: Score;
}

/** A video is made once; a later revision would be another file beside it. */
export const firstRevision = 1;

/** Phase 5, second half: puts the sound under the cut. */
export async function finishVideo(run: VideoRun, { cut, footage, score }: Parts): Promise<ArtifactRef> {
  const { board, activities, brief } = run;
  board.expectUnits('music', [{ name: 'video' }]);
  board.startPhase('music');
  const sounds = footage.flatMap(({ sound, plan: { startFrame, frameCount } }) =>
    sound ? [{ sound, startFrame, frameCount }] : [],
  );
  const [video] = await completeUnits(
    run,
    { phases: ['music'], things: 'finished files', wholes: 'video' },
    async () => [
      await runStep(run, { phase: 'music', name: 'video' }, () => {
        board.updateUnit('music', 'video', { status: 'rendering', attempts: 1 });
        return activities.call(
          'finishVideo',
          {
            cut,
            ...(score.status === 'included' ? { score: score.artifact } : {}),
            sounds,
            frameCount: countFrames(brief.durationSeconds),
            key: keyOf(run, `video-r${firstRevision}.mp4`),
          },
          { summary: 'put the sound under the cut' },
        );
      }),
    ],
  );
  if (!video) throw new RangeError('The sound was put under the cut and there is no video.');
  board.updateUnit('music', 'video', { status: 'succeeded', artifact: video });
  board.endPhase('music', score.status === 'failed' ? 'partial' : 'succeeded');
  return video;
}
