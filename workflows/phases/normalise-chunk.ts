import type { NormalisedClip } from '../../activities/normalise-clip.ts';
import type { ChunkPlan } from '../domain/chunks.ts';
import { pad } from '../domain/unit.ts';
import type { BoughtArtifact, VideoRun } from '../video-run.ts';
import { keyOf } from '../video-run.ts';
import { runStep } from './run-step.ts';

/** A chunk in the video's own format, with its place on the timeline. */
export interface Footage extends NormalisedClip {
  readonly plan: ChunkPlan;
}

/** Brings one chunk into the video's format. @returns undefined when it failed; the board says why */
export async function normaliseChunk(
  run: VideoRun,
  plan: ChunkPlan,
  { artifact, predictionKey }: BoughtArtifact,
): Promise<Footage | undefined> {
  const { activities, board, brief } = run;
  const name = clipName(plan);
  const stem = keyOf(run, `clips/${pad(plan.beat)}-${pad(plan.chunk)}-${predictionKey.slice(0, 12)}`);
  const made = await runStep(run, { phase: 'stitch', name }, async () => {
    board.updateUnit('stitch', name, { status: 'rendering', attempts: 1 });
    const { frameCount } = plan;
    return activities.call(
      'normaliseClip',
      {
        chunk: artifact,
        frameCount,
        aspectRatio: brief.aspectRatio,
        clipKey: `${stem}.mp4`,
        soundKey: `${stem}.flac`,
      },
      { summary: `normalise ${name}`, activityId: `${name}-normalise` },
    );
  });
  if (!made) return undefined;
  board.updateUnit('stitch', name, { status: 'succeeded', artifact: made.clip });
  return { ...made, plan };
}

/** The stable name of a clip's unit, e.g. `clip-03-01`. */
export function clipName({ beat, chunk }: Pick<ChunkPlan, 'beat' | 'chunk'>): string {
  return `clip-${pad(beat)}-${pad(chunk)}`;
}
