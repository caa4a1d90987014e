import type { Beat } from './storyboard.ts';

/** Frame rate of every finished video. */
export const framesPerSecond = 24;

/** The limits of one prediction of a given model. */
export interface ChunkLimits {
  readonly clipSeconds: number;
}

/** One prediction's share of a beat. */
export interface ChunkPlan {
  /** Id of the beat. */
  readonly beat: string;
  /** 0-based within the beat. */
  readonly chunk: number;
  /** Chunks of the same beat that come after this one. */
  readonly followers: number;
  readonly seconds: number;
  /** First frame on the video's timeline, 0-based, at 24 frames a second. */
  readonly startFrame: number;
  /** Frames kept of it; over all chunks they add up to the frames of the video. */
  readonly frameCount: number;
}

/**
 * Splits a beat into chunks of one prediction each.
 *
 * @returns lengths in seconds, in screen order; they add up to `beatSeconds`
 */
export function planChunks(beatSeconds: number, { clipSeconds }: ChunkLimits): number[] {
  const count = Math.max(1, Math.ceil(beatSeconds / clipSeconds - 1e-9));
  return Array.from({ length: count }, () => beatSeconds / count);
}

/**
 * Plans every chunk of a storyboard in screen order, on a timeline without gaps and overlaps.
 *
 * @param limits for beats without a model of their own
 */
export function planTimeline(beats: readonly Beat[], limits: ChunkLimits): ChunkPlan[] {
  let beatStart = 0;
  return beats.flatMap((beat) => {
    const lengths = planChunks(beat.keptSeconds, beat.models?.clip ?? limits);
    // Count within the beat, so that moving a beat does not change its chunks.
    const frameAt = (chunk: number) => countFrames((beat.keptSeconds * chunk) / lengths.length);
    const chunks = lengths.map((seconds, chunk) => ({
      beat: beat.id,
      chunk,
      followers: lengths.length - chunk - 1,
      seconds,
      startFrame: beatStart + frameAt(chunk),
      frameCount: frameAt(chunk + 1) - frameAt(chunk),
    }));
    beatStart += countFrames(beat.keptSeconds);
    return chunks;
  });
}

/** Frame count of the whole video. */
export function countFrames(durationSeconds: number): number {
  return Math.round(durationSeconds * framesPerSecond);
}
