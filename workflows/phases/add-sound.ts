import type { ArtifactRef } from '../../domain/artifact.ts';
import { countFrames } from '../../domain/chunks.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { completeUnits } from './complete-units.ts';
import type { Footage } from './film-beats.ts';
import type { Score } from './make-score.ts';

/** The inputs of the finished video. */
export interface Parts {
  readonly cut: ArtifactRef;
  /** In screen order, with their own sounds. */
  readonly footage: readonly Footage[];
  readonly score: Score;
}

/** Phase 5, second half: puts the sound under the cut. */
export async function addSound(
  { video, brief, revision, finished }: PlannedVideo,
  { cut, footage, score }: Parts,
): Promise<ArtifactRef> {
  const { onFailure, durationSeconds } = brief;
  const phase = video.phase('music');
  phase.begin();
  const sounds = footage.flatMap(({ sound, plan: { startFrame, frameCount } }) =>
    sound ? [{ sound, startFrame, frameCount }] : [],
  );
  const kind = { phases: ['music'], what: 'finished files', per: 'video', onFailure } as const;
  const [file] = await completeUnits(video, kind, async () => [
    await finished.make(() =>
      video.activities.finishVideo(
        {
          cut,
          score: score.status === 'included' ? score.artifact : undefined,
          sounds,
          frameCount: countFrames(durationSeconds),
          key: `videos/${video.id}/video-r${revision}.mp4`,
        },
        { summary: 'put the sound under the cut' },
      ),
    ),
  ]);
  if (!file) throw new RangeError('The sound was put under the cut and there is no video.');
  phase.end(score.status === 'failed' ? 'partial' : 'succeeded');
  return file;
}
