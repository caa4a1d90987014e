import { framesPerSecond } from '../../../domain/chunks.ts';
import { longestHoldFrames } from '../video-format.ts';

/**
 * The filter that turns a source into the frames we keep of it: at {@link framesPerSecond}, from its first frame,
 * `frameCount` of them, a short source held on its last frame for {@link longestHoldFrames} at most. A source that
 * is shorter still gives fewer frames; whoever uses this counts them.
 *
 * `normaliseClip` and `extractLastKeptFrame` must agree on the last frame to the picture, so both use this one.
 */
export function keptFramesFilter(frameCount: number): string {
  return [
    'setpts=PTS-STARTPTS',
    `fps=${framesPerSecond}`,
    `tpad=stop_mode=clone:stop=${longestHoldFrames}`,
    `trim=end_frame=${frameCount}`,
  ].join(',');
}

/** Says in words how much of a source there was and how much of it was asked for. */
export function describeShortage(madeFrames: number, wantedFrames: number): string {
  const found = Math.max(0, madeFrames - longestHoldFrames);
  return (
    `it lasts ${inSeconds(found)} (${found} frames at ${framesPerSecond} fps), ` +
    `${inSeconds(wantedFrames)} (${wantedFrames} frames) are needed, ` +
    `and its last frame is held for ${inSeconds(longestHoldFrames)} at most`
  );
}

function inSeconds(frames: number): string {
  return `${(frames / framesPerSecond).toFixed(3)} s`;
}
