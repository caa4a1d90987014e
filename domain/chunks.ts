import type { Beat } from './storyboard.ts';

/** Frames a second of every finished video. */
export const framesPerSecond = 24;

/** What one prediction of a given model can render. */
export interface ChunkLimits {
  readonly clipSeconds: number;
}

/** One prediction's share of a beat. */
export interface ChunkPlan {
  /** 0-based. */
  readonly beat: number;
  /** 0-based within the beat. */
  readonly chunk: number;
  /** Chunks of the same beat that come after this one. */
  readonly followers: number;
  readonly seconds: number;
  /** First frame on the timeline of the video, 0-based, at 24 frames a second. */
  readonly startFrame: number;
  /** Frames kept of it; those of all chunks add up to the frames of the video. */
  readonly frameCount: number;
}

/**
 * Splits a beat into chunks that one prediction each can fill.
 *
 * @returns lengths in seconds, in screen order; they add up to `beatSeconds`
 */
export function planChunks(beatSeconds: number, { clipSeconds }: ChunkLimits): number[] {
  const count = Math.max(1, Math.ceil(beatSeconds / clipSeconds - 1e-9));
  return Array.from({ length: count }, () => beatSeconds / count);
}

/** Every chunk of a storyboard in screen order, on a timeline without a gap and without an overlap. */
export function planTimeline(beats: readonly Beat[], limits: ChunkLimits): ChunkPlan[] {
  return beats.flatMap((beat) => {
    const lengths = planChunks(beat.keptSeconds, limits);
    return lengths.map((seconds, chunk) => {
      const start = beat.startSeconds + seconds * chunk;
      const startFrame = Math.round(start * framesPerSecond);
      const end = beat.startSeconds + seconds * (chunk + 1);
      const endFrame = Math.round(end * framesPerSecond);
      const followers = lengths.length - chunk - 1;
      return { beat: beat.index, chunk, followers, seconds, startFrame, frameCount: endFrame - startFrame };
    });
  });
}

/** Frames of the whole video. */
export function countFrames(durationSeconds: number): number {
  return Math.round(durationSeconds * framesPerSecond);
}
