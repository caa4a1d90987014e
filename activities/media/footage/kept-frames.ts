import type { ShortClipPolicy } from '../../../domain/brief.ts';
import { framesPerSecond } from '../../../domain/chunks.ts';
import { longestHoldFrames } from '../video-format.ts';

/** The slow motion that makes a short source last longer. */
export interface Stretch {
  /** The frame from which slow motion starts, 0-based, of the source at {@link framesPerSecond}. */
  readonly fromFrame: number;
  /** Frames shown for each frame of the source from there on. More than 1. */
  readonly factor: number;
}

export interface KeptFramesOptions {
  readonly stretch?: Stretch | undefined;
  /** How long the last frame is held at most. Default: {@link longestHoldFrames}. */
  readonly holdFrames?: number;
}

/** The most that `hold` fills, and the part of the source that it slows: a second each. */
const mostHeldFrames = framesPerSecond;
/** The most that `slow` stretches a source: by a quarter. Viewers notice slower movement. */
const mostSlowed = 1.25;

/**
 * The filter that turns a source into the frames we keep of it: at {@link framesPerSecond}, from its first frame,
 * `frameCount` of them, a short source held on its last frame for {@link longestHoldFrames} at most. A source that
 * is shorter still gives fewer frames, unless it is stretched, so callers count the frames.
 *
 * `normaliseClip` and `extractLastKeptFrame` must agree on the last frame to the picture, so both use this one.
 */
export function keptFramesFilter(
  frameCount: number,
  { stretch, holdFrames = longestHoldFrames }: KeptFramesOptions = {},
): string {
  return [
    'setpts=PTS-STARTPTS',
    `fps=${framesPerSecond}`,
    ...(stretch ? [stretchFilter(stretch), `fps=${framesPerSecond}`] : []),
    `tpad=stop_mode=clone:stop=${holdFrames}`,
    `trim=end_frame=${frameCount}`,
  ].join(',');
}

/** One tick is one frame here; a gap repeats the frame before it. */
function stretchFilter({ fromFrame, factor }: Stretch): string {
  return `setpts='if(lt(N,${fromFrame}),N,${fromFrame}+(N-${fromFrame})*${factor.toFixed(6)})'`;
}

/**
 * Chooses how to stretch a short source: `hold` slows its last second, up to a second more; `slow` slows all of it, up
 * to a quarter more.
 *
 * @param foundFrames the frames that the source has
 * @returns undefined where it would need more than the policy allows
 */
export function chooseStretch(
  policy: ShortClipPolicy,
  { foundFrames, frameCount }: { readonly foundFrames: number; readonly frameCount: number },
): Stretch | undefined {
  const missing = frameCount - foundFrames;
  if (policy === 'refuse' || foundFrames < 2) return undefined;
  if (policy === 'slow')
    return frameCount <= foundFrames * mostSlowed
      ? { fromFrame: 0, factor: stretchTo(foundFrames, frameCount) }
      : undefined;
  if (missing > mostHeldFrames) return undefined;
  const slowed = Math.min(foundFrames, mostHeldFrames);
  return { fromFrame: foundFrames - slowed, factor: stretchTo(slowed, slowed + missing) };
}

/** The most frames that a source may lack under a policy. Stretched or held, its own last frame stays the last. */
export function mostMissingFrames(policy: ShortClipPolicy, frameCount: number): number {
  if (policy === 'hold') return mostHeldFrames;
  return policy === 'slow' ? Math.ceil(frameCount * (1 - 1 / mostSlowed)) : longestHoldFrames;
}

/** The factor that puts the last frame in the last place, so that it is shown once. */
function stretchTo(frames: number, wanted: number): number {
  return (wanted - 1) / (frames - 1);
}

/** The frames of a source that gave fewer than were wanted. */
export function foundOf(madeFrames: number): number {
  return Math.max(0, madeFrames - longestHoldFrames);
}

/** Describes how much a source has and how much of it was wanted. */
export function describeShortage(madeFrames: number, wantedFrames: number): string {
  const found = foundOf(madeFrames);
  return (
    `it lasts ${inSeconds(found)} (${found} frames at ${framesPerSecond} fps), ` +
    `${inSeconds(wantedFrames)} (${wantedFrames} frames) are needed, ` +
    `and its last frame is held for ${inSeconds(longestHoldFrames)} at most`
  );
}

/** Describes a stretch, as words that follow the name of a unit. */
export function describeStretch(policy: ShortClipPolicy, foundFrames: number, frameCount: number): string {
  const shown = policy === 'slow' ? 'it is played slower' : 'its last second is in slow motion';
  return `it came ${inSeconds(frameCount - foundFrames)} too short (${inSeconds(foundFrames)} of ${inSeconds(frameCount)}): ${shown}.`;
}

function inSeconds(frames: number): string {
  return `${(frames / framesPerSecond).toFixed(3)} s`;
}
