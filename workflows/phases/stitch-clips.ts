import type { ArtifactRef } from '../domain/artifact.ts';
import { countFrames } from '../domain/chunks.ts';
import type { VideoRun } from '../video-run.ts';
import { keyOf } from '../video-run.ts';
import { completeUnits } from './complete-units.ts';
import type { Footage } from './normalise-chunk.ts';
import { runStep } from './run-step.ts';

/** Phase 4, second half: joins the clips into the cut. @param footage in screen order */
export async function stitchClips(run: VideoRun, footage: readonly Footage[]): Promise<ArtifactRef> {
  const { board, activities, brief } = run;
  board.expectUnits('stitch', [{ name: 'cut' }]);
  const [cut] = await completeUnits(
    run,
    { phases: ['stitch'], things: 'cuts', wholes: 'video' },
    async () => [
      await runStep(run, { phase: 'stitch', name: 'cut' }, () => {
        board.updateUnit('stitch', 'cut', { status: 'rendering', attempts: 1 });
        return activities.call(
          'joinClips',
          {
            clips: footage.map(({ clip }) => clip),
            frameCount: countFrames(brief.durationSeconds),
            pathStem: keyOf(run, 'cut'),
          },
          { summary: `join ${footage.length} clips` },
        );
      }),
    ],
  );
  if (!cut) throw new RangeError('The clips were joined and there is no cut.');
  board.updateUnit('stitch', 'cut', { status: 'succeeded', artifact: cut });
  board.endPhase('stitch', 'succeeded');
  return cut;
}
