import type { ShortClipPolicy } from '../../../domain/brief.ts';
import { framesPerSecond } from '../../../domain/chunks.ts';
import { longestHoldFrames } from '../video-format.ts';

/** How a source that is too short is shown for longer than it lasts. */
export interface Stretch {
  /** 0-based, of the source at {@link framesPerSecond}: from here on it is in slow motion. */
  readonly fromFrame: number;
  /** Frames shown for each frame of the source from there on. More than 1. */
  readonly factor: number;
}

export interface KeptFramesOptions {
  readonly stretch?: Stretch | undefined;
  /** How long the last frame is held at most. Default: {@link longestHoldFrames}. */
  readonly holdFrames?: number;
}

/** The most that `hold` fills, and the part of the source that is slowed for it: a second each. */
const mostHeldFrames = framesPerSecond;
/** The most that `slow` makes of a source: a quarter more. Slower movement is seen as such. */
const mostSlowed = 1.25;

/**
 * The filter that turns a source into the frames we keep of it: at {@link framesPerSecond}, from its first frame,
 * `frameCount` of them, a short source held on its last frame for {@link longestHoldFrames} at most. A source that
 * is shorter still gives fewer frames, unless it is stretched; whoever uses this counts them.
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

/** A tick is a frame here; frames that are missing between two are those before them. */
function stretchFilter({ fromFrame, factor }: Stretch): string {
  return `setpts='if(lt(N,${fromFrame}),N,${fromFrame}+(N-${fromFrame})*${factor.toFixed(6)})'`;
}

/**
 * How a short source is to be stretched: `hold` slows its last second, up to a second more; `slow` slows all of it, up to
 * a quarter more.
 *
 * @param foundFrames what there is of it
 * @returns undefined where the policy does not allow what is needed
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

/** What a source may lack under a policy. Stretched or held, the last frame that is kept of it is its own last one. */
export function mostMissingFrames(policy: ShortClipPolicy, frameCount: number): number {
  if (policy === 'hold') return mostHeldFrames;
  return policy === 'slow' ? Math.ceil(frameCount * (1 - 1 / mostSlowed)) : longestHoldFrames;
}

/** Brings the last frame to the last place, so that it is shown once. */
function stretchTo(frames: number, wanted: number): number {
  return (wanted - 1) / (frames - 1);
}

/** What there is of a source that gave fewer frames than were wanted. */
export function foundOf(madeFrames: number): number {
  return Math.max(0, madeFrames - longestHoldFrames);
}

/** Says in words how much of a source there was and how much of it was asked for. */
export function describeShortage(madeFrames: number, wantedFrames: number): string {
  const found = foundOf(madeFrames);
  return (
    `it lasts ${inSeconds(found)} (${found} frames at ${framesPerSecond} fps), ` +
    `${inSeconds(wantedFrames)} (${wantedFrames} frames) are needed, ` +
    `and its last frame is held for ${inSeconds(longestHoldFrames)} at most`
  );
}

/** Continues the name of a unit. */
export function describeStretch(policy: ShortClipPolicy, foundFrames: number, frameCount: number): string {
  const shown = policy === 'slow' ? 'it is played slower' : 'its last second is in slow motion';
  return `it came ${inSeconds(frameCount - foundFrames)} too short (${inSeconds(foundFrames)} of ${inSeconds(frameCount)}): ${shown}.`;
}

function inSeconds(frames: number): string {
  return `${(frames / framesPerSecond).toFixed(3)} s`;
}
