import { normaliseClip, type ClipRequest } from '../../../activities/media/normalise-clip.ts';
import { smallSize } from './footage.ts';
import type { MediaBench } from './media-bench.ts';

/** Normalises a small chunk of one second, unless the request says otherwise; clip and sound lie beside the input. */
export function normalise({ tools }: MediaBench, input: string, request: Partial<ClipRequest> = {}) {
  const name = input.replace(/\.\w+$/, '');
  return normaliseClip(tools, {
    ...{ input, output: clipOf(input), soundOutput: `${name}.sound.flac`, frameCount: 24 },
    ...{ aspectRatio: '16:9', size: smallSize, ...request },
  });
}

export const clipOf = (input: string) => input.replace(/\.\w+$/, '.clip.mp4');
