import type { ModelDescription, ModelInput } from '../models/model-description.ts';
import { valueOrDefault } from '../models/validate-input.ts';

/** The technical shape of a model's clips. */
export interface ClipFormat {
  /** Pixels of a 16:9 clip; turned or cut for other shapes. */
  readonly longSide: number;
  readonly shortSide: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Ticks a second of the video track: what ffmpeg's MP4 writer picks for the frame rate. */
  readonly timescale: number;
  readonly sound: boolean;
}

const sides: Readonly<Record<string, readonly [number, number]>> = {
  '480p': [832, 480],
  '512p': [910, 512],
  '720p': [1280, 720],
  '768p': [1366, 768],
  '1080p': [1920, 1080],
};

/** Resolutions of models with only one; third-party pages of 2026-11-28. */
const fixedResolutions: Readonly<Record<string, string>> = {
  'kwaivgi/kling-v2.5-turbo-pro': '1080p',
  'kwaivgi/kling-v2.6': '1080p',
};

/** The format of a real model's clips for an input, oddities included (measured files of 2026-11-22). */
export function clipFormatOf(model: ModelDescription, input: ModelInput): ClipFormat {
  const value = (name: string): unknown => valueOrDefault(model, input, name);
  const [longSide, shortSide] = sides[fixedResolutions[model.name] ?? resolutionOf(value)] ?? [1280, 720];
  const format = { longSide, shortSide, sound: false };
  if (value('num_frames') !== undefined) {
    const framesPerSecond = Number(value('frames_per_second'));
    return {
      ...format,
      framesPerSecond,
      frames: Number(value('num_frames')),
      timescale: timescaleOf(framesPerSecond),
    };
  }
  const framesPerSecond = frameRateOf(model.name);
  return {
    ...format,
    framesPerSecond,
    frames: Number(value('duration')) * framesPerSecond,
    timescale: timescaleOf(framesPerSecond),
    sound: hasSound(model, value),
  };
}

function resolutionOf(value: (field: string) => unknown): string {
  if (value('mode') !== undefined) return value('mode') === 'pro' ? '1080p' : '720p';
  return String(value('quality') ?? value('resolution')).toLowerCase();
}

/** Whether the clip has sound. Wan 2.7 has no switch: it makes sound unless the input brings some. */
function hasSound({ name }: ModelDescription, value: (field: string) => unknown): boolean {
  const audio = value('generate_audio') ?? value('generate_audio_switch');
  return audio === true || name === 'wan-video/wan-2.7-i2v';
}

function frameRateOf(name: string): number {
  if (/^(google|bytedance)\//.test(name)) return 24;
  return /^minimax[/-]/i.test(name) ? 25 : 30;
}

function timescaleOf(framesPerSecond: number): number {
  let ticks = framesPerSecond;
  while (ticks < 10_000) ticks *= 2;
  return ticks;
}
