import type { Beat } from './storyboard.ts';

/** Frames a second of every finished video. */
export const framesPerSecond = 24;

/** What one prediction of a given model can render. */
export interface ChunkLimits {
  readonly clipSeconds: number;
}

/** One prediction's share of a beat. */
export interface ChunkPlan {
  /** Its id. */
  readonly beat: string;
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

/**
 * Every chunk of a storyboard in screen order, on a timeline without a gap and without an overlap.
 *
 * @param limits of beats that name no model of their own
 */
export function planTimeline(beats: readonly Beat[], limits: ChunkLimits): ChunkPlan[] {
  let beatStart = 0;
  return beats.flatMap((beat) => {
    const lengths = planChunks(beat.keptSeconds, beat.models?.clip ?? limits);
    // Counted within the beat, so that its chunks are the same wherever it is moved to.
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

/** Frames of the whole video. */
export function countFrames(durationSeconds: number): number {
  return Math.round(durationSeconds * framesPerSecond);
}
