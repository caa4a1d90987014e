import { basename } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import type { VideoStream } from '../probe.ts';
import { probeFootage, type Footage } from './probe-footage.ts';

/**
 * Checks that clips may be joined by copying: each has a single picture track and nothing else, all of one format.
 *
 * @throws BeatreelFailure `MediaToolFailed` naming the first odd clip by its 1-based place and what is odd about it
 */
export async function checkJoinable(
  tools: MediaTools,
  inputs: readonly string[],
  { signal }: MediaRun,
): Promise<void> {
  let first: Footage | undefined;
  for (const [index, input] of inputs.entries()) {
    const clip = await probeFootage(tools, input, { signal });
    first ??= clip;
    const oddity = findOddity(clip, first);
    if (oddity !== undefined) {
      throw new BeatreelFailure(
        'MediaToolFailed',
        `Could not join clips: clip ${index + 1} of ${inputs.length} (${basename(input)}) ${oddity}`,
        { details: { clip: index + 1 } },
      );
    }
  }
  if (first === undefined)
    throw new BeatreelFailure('InvalidRequest', 'Could not join clips: there are none');
}

/** Properties on which clips must agree; those that a person can act on come first. */
const mustAgree = [
  ...(['codec', 'width', 'height', 'frameRate', 'timeBase', 'rotationDegrees'] as const),
  ...(['pixelFormat', 'sampleAspectRatio', 'profile', 'level'] as const),
  ...(['colorSpace', 'colorPrimaries', 'colorTransfer', 'colorRange', 'extradataHash'] as const),
] as const satisfies readonly (keyof VideoStream)[];

function findOddity({ picture, streamCount }: Footage, first: Footage): string | undefined {
  if (streamCount !== 1) return `has ${streamCount} tracks, expected one picture track alone`;
  const odd = mustAgree.find((property) => picture[property] !== first.picture[property]);
  if (odd === undefined) return undefined;
  return `has ${odd} ${picture[odd] ?? 'unknown'}, clip 1 has ${first.picture[odd] ?? 'unknown'}`;
}
