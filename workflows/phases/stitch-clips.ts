import type { ArtifactRef } from '../../domain/artifact.ts';
import { countFrames } from '../../domain/chunks.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { completeUnits } from './complete-units.ts';
import type { Footage } from './film-beats.ts';

/** Phase 4, second half: joins the clips into the cut. @param footage in screen order */
export async function stitchClips(
  { video, brief, cut }: PlannedVideo,
  footage: readonly Footage[],
): Promise<ArtifactRef> {
  const { onFailure, durationSeconds } = brief;
  const kind = { phases: ['stitch'], what: 'cuts', per: 'video', onFailure } as const;
  const [joined] = await completeUnits(video, kind, async () => [
    await cut.make(() =>
      video.activities.joinClips(
        {
          clips: footage.map(({ clip }) => clip),
          frameCount: countFrames(durationSeconds),
          pathStem: `videos/${video.id}/cut`,
        },
        { summary: `join ${footage.length} clips` },
      ),
    ),
  ]);
  if (!joined) throw new RangeError('The clips were joined and there is no cut.');
  video.phase('stitch').end('succeeded');
  return joined;
}
