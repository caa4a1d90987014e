import { samplesPerFrame } from '../video-format.ts';

/** The filter that pads or trims a sound to the length of that many frames, to the sample. */
export function exactLength(frameCount: number): string {
  const samples = frameCount * samplesPerFrame;
  return `apad=whole_len=${samples},atrim=end_sample=${samples}`;
}
