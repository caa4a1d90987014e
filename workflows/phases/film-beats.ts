import type { NormalisedClip } from '../../activities/normalise-clip.ts';
import { assertCount } from '../../domain/assert-count.ts';
import type { ChunkPlan } from '../../domain/chunks.ts';
import { frameSizeOf } from '../../domain/frame-size.ts';
import { hashOf } from '../../domain/hash.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { unitPath } from '../../domain/unit.ts';
import type { PlannedVideo } from '../planned-video.ts';
import { settleAll } from '../settle-all.ts';
import type { Source } from '../units/before.ts';
import type { Chain, Link } from '../units/chain.ts';
import type { BoughtArtifact } from '../units/take.ts';
import { completeUnits } from './complete-units.ts';

/** A chunk in the video's own format, with its place on the timeline. */
export interface Footage extends NormalisedClip {
  readonly plan: ChunkPlan;
}

/**
 * Phase 3, and the first half of phase 4: the chunks of all beats, each brought into the video's format as soon as
 * it is stored. Beats run side by side; the chunks of one beat follow each other.
 *
 * @param stills one per beat, in beat order
 * @returns one per chunk, in screen order
 */
export async function filmBeats(
  plan: PlannedVideo,
  stills: readonly BoughtArtifact[],
): Promise<readonly Footage[]> {
  const { video, brief, chains, chunks, timeline } = plan;
  video.phase('chunks').begin();
  video.phase('stitch').begin();
  const { onFailure } = brief;
  const kind = { phases: ['chunks', 'stitch'], what: 'clips', per: 'planned chunks', onFailure } as const;
  const footage = await completeUnits(video, kind, async () => {
    const results = await settleAll(stills.map((still, beat) => filmBeat(plan, chains[beat], still)));
    return results.flat();
  });
  const expected = timeline.length;
  const count = chunks.filter(({ bought }) => bought !== undefined).length;
  assertCount({ what: 'chunks', count, per: 'planned chunks', expected });
  assertCount({ what: 'clips', count: footage.length, per: 'chunks', expected });
  return footage;
}

/** One chain: the first chunk starts from the still, each next from the last kept frame of the one before. */
async function filmBeat(
  video: PlannedVideo,
  chain: Chain | undefined,
  still: BoughtArtifact,
): Promise<(Footage | undefined)[]> {
  const links = chain?.links ?? [];
  const first = { picture: still.artifact, purchase: still.predictionKey };
  if (chain?.startsFromPictures !== true)
    return settleAll(links.map((link) => filmFreely(video, link, first)));
  const clips: Promise<Footage | undefined>[] = [];
  let from: Source | undefined = first;
  try {
    for (const link of links) {
      const chunk: BoughtArtifact | undefined = from && (await buyChunk(video, link, from));
      const clip = chunk ? normalise(video, link, chunk) : Promise.resolve(undefined);
      // Awaited below; handle the rejection now, because a cancellation may end it while the chain continues.
      clip.catch(() => undefined);
      clips.push(clip);
      from = chunk && (await lastFrame(video, link, chunk));
    }
  } finally {
    // Also after a cancellation: leave nothing running.
    await settleAll(clips);
  }
  return settleAll(clips);
}

async function filmFreely(video: PlannedVideo, link: Link, from: Source): Promise<Footage | undefined> {
  const chunk = await buyChunk(video, link, from);
  return chunk && normalise(video, link, chunk);
}

async function buyChunk(
  { video, chunks }: PlannedVideo,
  { chunk }: Link,
  from: Source,
): Promise<BoughtArtifact | undefined> {
  const bought = await chunk.buy(from);
  if (chunks.every((other) => other.bought !== undefined) && !video.phase('chunks').isOver)
    video.phase('chunks').end('succeeded');
  return bought;
}

/** The picture for the next chunk; undefined after the last chunk. */
async function lastFrame(
  { video, brief }: PlannedVideo,
  { plan, chunk: { name, place }, lastFrame: step }: Link,
  { artifact, predictionKey }: BoughtArtifact,
): Promise<Source | undefined> {
  if (plan.followers === 0) return undefined;
  const { frameCount } = plan;
  const key = `videos/${video.id}/${unitPath(place)}-${nameOf({ predictionKey, frameCount })}-last.png`;
  const picture = await step.make(() =>
    video.activities.extractLastFrame(
      { chunk: artifact, frameCount, key, shortClips: brief.shortClips },
      { summary: `last frame of ${name}`, activityId: `${name}-last-frame` },
    ),
  );
  return picture && { picture, purchase: predictionKey, frames: frameCount };
}

/** The name of a file that we make: a hash of all its inputs. */
function nameOf(inputs: unknown): string {
  return hashOf(inputs).slice(0, 12);
}

/** Brings one chunk into the video's format. @returns undefined when it failed */
async function normalise(
  { video, brief, storyboard, shortfalls }: PlannedVideo,
  { plan, chunk, clip }: Link,
  { artifact, predictionKey }: BoughtArtifact,
): Promise<Footage | undefined> {
  const { frameCount } = plan;
  const { aspectRatio } = brief;
  const size = frameSizeOf({ brief, storyboard });
  const name = nameOf({ predictionKey, frameCount, size });
  const stem = `videos/${video.id}/${unitPath(clip.place)}-${name}`;
  const { failure: failureBefore } = clip;
  const made = await clip.make(async () => {
    const normalised = await video.activities.normaliseClip(
      {
        chunk: artifact,
        frameCount,
        aspectRatio,
        size,
        clipKey: `${stem}.mp4`,
        soundKey: `${stem}.flac`,
        shortClips: brief.shortClips,
      },
      { summary: `normalise ${clip.name}`, activityId: `${clip.name}-normalise` },
    );
    const { note } = normalised;
    if (typeof note === 'string') {
      clip.remark(note);
      video.warn(`${clip.name}: ${note}`);
    }
    return normalised;
  });
  // Ignore a failure that a person has already seen.
  if (failureBefore === undefined && clip.failure?.type === failureTypes.clipTooShort)
    shortfalls.note(chunk.modelName, clip.failure.reason);
  return made && { ...made, plan };
}
