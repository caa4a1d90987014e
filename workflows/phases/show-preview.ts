import { condition } from '@temporalio/workflow';

import type { ArtifactRef } from '../../domain/artifact.ts';
import { countFrames } from '../../domain/chunks.ts';
import type { PlannedVideo } from '../planned-video.ts';
import type { BoughtArtifact } from '../units/take.ts';
import { completeUnits } from './complete-units.ts';
import type { Score } from './make-score.ts';
import { passGate } from './pass-gate.ts';

/**
 * Where the brief asks for it, shows the stills in slow movement with the score, and waits for approval: a person
 * judges rhythm and length before any footage is bought. A score that needs a person or more money first is missing
 * from the preview, but not from the video.
 *
 * @param stills one per beat, in beat order
 */
export async function showPreview(
  plan: PlannedVideo,
  stills: readonly BoughtArtifact[],
  scoring: Promise<Score>,
): Promise<void> {
  const { video, brief, storyboard, preview } = plan;
  if (!preview) return;
  const score = await scoreInTime(plan, scoring);
  const phase = video.phase('storyboard');
  phase.begin();
  const pictures = storyboard.beats.map(({ keptSeconds }, beat) => ({
    picture: stills[beat]?.artifact,
    frameCount: countFrames(keptSeconds),
  }));
  const { onFailure, aspectRatio } = brief;
  const kind = { phases: ['storyboard'], what: 'previews', per: 'video', onFailure } as const;
  await completeUnits<ArtifactRef>(video, kind, async () => [
    await preview.make(() =>
      video.activities.makePreview(
        {
          pictures: pictures.flatMap(({ picture, frameCount }) => (picture ? [{ picture, frameCount }] : [])),
          score,
          aspectRatio,
          pathStem: `videos/${video.id}/preview`,
        },
        { summary: `preview of ${stills.length} stills` },
      ),
    ),
  ]);
  phase.end('succeeded');
  await passGate(plan, 'preview');
}

async function scoreInTime(plan: PlannedVideo, scoring: Promise<Score>): Promise<ArtifactRef | undefined> {
  let score: Score | undefined;
  void scoring.then(
    (made) => {
      score = made;
    },
    () => {
      score = { status: 'failed', reason: '' };
    },
  );
  const isStuck = () => plan.treasury.report().waiting.length > 0 || plan.score?.failure !== undefined;
  await condition(() => score !== undefined || isStuck());
  return score?.status === 'included' ? score.artifact : undefined;
}
