import { buyUnit } from '../buying/buy-unit.ts';
import { startsFromPictures, toModels } from '../buying/purchase.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import { assertCount } from '../domain/assert-count.ts';
import type { ClipModelChoice } from '../domain/brief.ts';
import type { ChunkPlan } from '../domain/chunks.ts';
import type { Beat } from '../domain/storyboard.ts';
import { pad, unitName } from '../domain/unit.ts';
import { settleAll } from '../settle-all.ts';
import type { BoughtArtifact, VideoRun } from '../video-run.ts';
import { keyOf } from '../video-run.ts';
import { completeUnits } from './complete-units.ts';
import type { Footage } from './normalise-chunk.ts';
import { clipName, normaliseChunk } from './normalise-chunk.ts';
import { runStep } from './run-step.ts';

/**
 * Phase 3, and the first half of phase 4: the chunks of all beats, each brought into the video's format as soon as
 * it is stored. Beats run side by side; the chunks of one beat follow each other.
 *
 * @param stills one per beat, in beat order
 * @returns one per chunk, in screen order
 */
export async function filmBeats(
  run: VideoRun,
  stills: readonly BoughtArtifact[],
): Promise<readonly Footage[]> {
  const { board, timeline } = run;
  board.expectUnits(
    'chunks',
    timeline.map((plan) => ({ name: chunkName(plan), beat: plan.beat, chunk: plan.chunk })),
  );
  board.expectUnits(
    'stitch',
    timeline.map((plan) => ({ name: clipName(plan), beat: plan.beat, chunk: plan.chunk })),
  );
  board.startPhase('chunks');
  board.startPhase('stitch');
  const chains = stills.map((still, beat) => ({
    still,
    plans: timeline.filter((plan) => plan.beat === beat),
  }));
  const clips = { phases: ['chunks', 'stitch'], things: 'clips', wholes: 'planned chunks' } as const;
  const footage = await completeUnits(run, clips, async () => {
    const results = await settleAll(chains.map(({ still, plans }) => filmBeat(run, still, plans)));
    return results.flat();
  });
  const expected = timeline.length;
  const chunks = timeline.filter((plan) => run.bought.has(chunkName(plan))).length;
  assertCount({ things: 'chunks', count: chunks, wholes: 'planned chunks', expected });
  assertCount({ things: 'clips', count: footage.length, wholes: 'chunks', expected });
  return footage;
}

/** One chain: the first chunk starts from the still, each next from the last kept frame of the one before. */
async function filmBeat(
  run: VideoRun,
  still: BoughtArtifact,
  plans: readonly ChunkPlan[],
): Promise<(Footage | undefined)[]> {
  if (!startsFromPictures(run.brief))
    return settleAll(plans.map((plan) => filmFreely(run, plan, still.artifact)));
  const clips: Promise<Footage | undefined>[] = [];
  let firstFrame: ArtifactRef | undefined = still.artifact;
  try {
    for (const plan of plans) {
      const chunk: BoughtArtifact | undefined = firstFrame && (await buyChunk(run, plan, firstFrame));
      const clip = chunk ? normaliseChunk(run, plan, chunk) : Promise.resolve(undefined);
      // Waited for below; heard here already, because a cancellation may end it while the chain goes on.
      clip.catch(() => undefined);
      clips.push(clip);
      firstFrame = chunk && (await lastFrame(run, plan, chunk));
    }
  } finally {
    // Also where the chain was cancelled: nothing is left running behind it.
    await settleAll(clips);
  }
  return settleAll(clips);
}

async function buyChunk(
  run: VideoRun,
  plan: ChunkPlan,
  firstFrame: ArtifactRef,
): Promise<BoughtArtifact | undefined> {
  const { brief, storyboard, timeline, chunks } = run;
  const beat = storyboard.beats[plan.beat];
  const { model, models } = toModels(brief.models.clip);
  const bought = await buyUnit(run, {
    phase: 'chunks',
    beat: plan.beat,
    chunk: plan.chunk,
    model,
    models,
    queue: 'chunks',
    summary: `chunk ${timeline.indexOf(plan) + 1}/${timeline.length}: ${beat?.title ?? ''}`,
    path: `chunks/${pad(plan.beat)}-${pad(plan.chunk)}`,
    semaphore: chunks,
    // Hu's rule: the longest remaining chain goes first, which no schedule of equal jobs can beat.
    priority: plan.followers,
    describe: ({ model: { name }, seed, prompt }) => {
      const clip = models.find((other) => other.name === name) ?? model;
      return {
        kind: 'clip',
        prompt: prompt ?? motionPrompt(beat, clip),
        seed,
        aspectRatio: brief.aspectRatio,
        ...(clip.firstFrame === false ? {} : { firstFrame }),
        clipSeconds: clip.clipSeconds,
      };
    },
  });
  if (bought && timeline.every((other) => run.bought.has(chunkName(other))))
    run.board.endPhase('chunks', 'succeeded');
  return bought;
}

async function filmFreely(run: VideoRun, plan: ChunkPlan, still: ArtifactRef): Promise<Footage | undefined> {
  const chunk = await buyChunk(run, plan, still);
  return chunk && normaliseChunk(run, plan, chunk);
}

/** The picture the next chunk starts from; none is needed after the last one. */
async function lastFrame(
  run: VideoRun,
  plan: ChunkPlan,
  { artifact, predictionKey }: BoughtArtifact,
): Promise<ArtifactRef | undefined> {
  if (plan.followers === 0) return undefined;
  const name = chunkName(plan);
  const key = keyOf(
    run,
    `chunks/${pad(plan.beat)}-${pad(plan.chunk)}-${predictionKey.slice(0, 12)}-last.png`,
  );
  return runStep(run, { phase: 'chunks', name, memo: `${name}-last` }, async () =>
    run.activities.call(
      'extractLastFrame',
      { chunk: artifact, frameCount: plan.frameCount, key },
      { summary: `last frame of ${name}`, activityId: `${name}-last-frame`, first: true },
    ),
  );
}

/**
 * What the model is told of a beat. One that sees no picture needs its words too; and the footage of one that makes
 * sound is to have none of its own music, because the score lies under it.
 */
function motionPrompt(beat: Beat | undefined, { firstFrame, nativeAudio }: ClipModelChoice): string {
  const { stillPrompt = '', motionPrompt: motion = '' } = beat ?? {};
  return [
    ...(firstFrame === false ? [stillPrompt] : []),
    motion,
    ...(nativeAudio === true ? ['Only the sounds of the scene itself, no music.'] : []),
  ].join(' ');
}

/** The stable name of a chunk's unit. */
export function chunkName({ beat, chunk }: Pick<ChunkPlan, 'beat' | 'chunk'>): string {
  return unitName({ phase: 'chunks', beat, chunk });
}
