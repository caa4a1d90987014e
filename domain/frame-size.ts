import type { AspectRatio, Brief, ClipModelChoice, Preferred } from './brief.ts';

/** In square pixels; both even. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Shorter side of the largest video, in pixels; also of a model whose catalogue entry names none. */
export const largestShortSide = 1080;

/** The sizes of a brief besides `auto`, by their shorter side. */
const shortSides = { '720p': 720, '1080p': 1080 } as const;

/** Ratio of the longer to the shorter side. */
const shapes: Record<AspectRatio, number> = { '16:9': 16 / 9, '9:16': 16 / 9, '1:1': 1 };

/** The parts of a video that decide its size. */
export interface SizedVideo {
  readonly brief: Pick<Brief, 'aspectRatio' | 'resolution'> & {
    readonly models: { readonly clip: Preferred<ClipModelChoice> };
  };
  readonly storyboard: {
    readonly beats: readonly { readonly models?: { readonly clip?: ClipModelChoice } | undefined }[];
  };
}

/**
 * The one size of all clips of a video, because clips are joined by copying. It must be known before the first chunk:
 * clips are made while others are still being filmed. So it follows from the plan: the largest size that the first
 * model of any beat delivers. Fallback models do not count.
 */
export function frameSizeOf({ brief, storyboard }: SizedVideo): FrameSize {
  const { aspectRatio, resolution = 'auto' } = brief;
  if (resolution !== 'auto') return frameSize(shortSides[resolution], aspectRatio);
  const delivered = storyboard.beats.map(({ models }) => models?.clip ?? brief.models.clip);
  const largest = Math.max(...delivered.map(({ shortSide }) => shortSide ?? largestShortSide));
  return frameSize(Math.min(largest, largestShortSide), aspectRatio);
}

/** @param shortSide in pixels, even */
export function frameSize(shortSide: number, aspectRatio: AspectRatio): FrameSize {
  const longSide = 2 * Math.round((shortSide * shapes[aspectRatio]) / 2);
  return aspectRatio === '9:16'
    ? { width: shortSide, height: longSide }
    : { width: longSide, height: shortSide };
}
