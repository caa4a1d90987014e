import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { ModelKind } from '../../domain/media.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { parseCatalogue } from '../../domain/schemas/parse-catalogue.ts';
import { boughtMedia, media } from '../../domain/media.ts';
import { unitSeed } from '../../domain/seed.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { verify } from '../support/verify.ts';

const prompt = expect.stringMatching(/\S/) as string;
const picture = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\S+$/) as string;
const seed = expect.any(Number) as number;

/** The input of MiniMax's clips, with the picture itself where the store cannot be reached from outside. */
const minimaxClip = {
  prompt,
  first_frame_image: expect.stringMatching(/^data:image\/(png|jpeg);base64,[\w+/]/) as string,
  duration: 6,
  resolution: '768P',
  prompt_optimizer: false,
};

/** The input of each model for one beat of 5 s at 16:9, written here independently of the catalogue. */
const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'flux-schnell': { prompt, seed, aspect_ratio: '16:9', output_format: 'png', num_outputs: 1 },
  'flux-dev': { prompt, seed, aspect_ratio: '16:9', output_format: 'png', num_outputs: 1 },
  'flux-1.1-pro': { prompt, seed, aspect_ratio: '16:9', output_format: 'png', prompt_upsampling: false },
  'flux-kontext-pro': { prompt, seed, aspect_ratio: '16:9', output_format: 'png' },
  'flux-2-pro': { prompt, seed, aspect_ratio: '16:9', resolution: '1 MP', output_format: 'png' },
  'flux-2-flex': {
    prompt,
    seed,
    aspect_ratio: '16:9',
    resolution: '1 MP',
    output_format: 'png',
    prompt_upsampling: false,
  },
  'seedream-4': { ...seedream(), enhance_prompt: false },
  'seedream-4.5': seedream(),
  'nano-banana-2': { prompt, aspect_ratio: '16:9', resolution: '1K', output_format: 'png' },
  'nano-banana-pro': {
    prompt,
    aspect_ratio: '16:9',
    resolution: '2K',
    output_format: 'png',
    allow_fallback_model: false,
  },
  'hailuo-02': {
    prompt,
    first_frame_image: picture,
    duration: 6,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'hailuo-02-10s': {
    prompt,
    first_frame_image: picture,
    duration: 10,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'hailuo-2.3-10s': {
    prompt,
    first_frame_image: picture,
    duration: 10,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'minimax-hailuo-02': minimaxClip,
  'minimax-hailuo-2.3': minimaxClip,
  'minimax-image-01': {
    prompt,
    seed,
    aspect_ratio: '16:9',
    prompt_optimizer: false,
    response_format: 'url',
    n: 1,
  },
  'minimax-music-2.6': {
    prompt,
    is_instrumental: true,
    audio_setting: { sample_rate: 44100, bitrate: 256000, format: 'mp3' },
    output_format: 'url',
    stream: false,
  },
  'hailuo-2.3': {
    prompt,
    first_frame_image: picture,
    duration: 6,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'wan-2.2-i2v-fast': {
    prompt,
    image: picture,
    num_frames: 81,
    frames_per_second: 16,
    resolution: '480p',
    seed,
  },
  'veo-3.1': veo(),
  'veo-3.1-fast': veo(),
  'kling-v2.5-turbo-pro': { prompt, start_image: picture, aspect_ratio: '16:9', duration: 5 },
  'kling-v2.6': {
    prompt,
    start_image: picture,
    aspect_ratio: '16:9',
    duration: 5,
    generate_audio: false,
  },
  'kling-v3': kling3(),
  'kling-v3-omni': kling3(),
  'seedance-1.5-pro': {
    prompt,
    image: picture,
    aspect_ratio: '16:9',
    duration: 5,
    fps: 24,
    generate_audio: false,
    seed,
  },
  'pixverse-v5.6': {
    prompt,
    image: picture,
    aspect_ratio: '16:9',
    quality: '720p',
    duration: 5,
    thinking_type: 'disabled',
    generate_audio_switch: false,
    seed,
  },
  'gen-4.5': { prompt, image: picture, aspect_ratio: '16:9', duration: 5, seed },
  'wan-2.7-i2v': {
    prompt,
    first_frame: picture,
    duration: 5,
    resolution: '720p',
    enable_prompt_expansion: false,
    seed,
  },
  'stable-audio-2.5': { prompt, duration: 5, seed },
  musicgen: {
    prompt,
    duration: 5,
    model_version: 'stereo-large',
    output_format: 'mp3',
    normalization_strategy: 'loudness',
    seed,
  },
  'music-1.5': { prompt, lyrics: '[intro] [inst] [outro]', audio_format: 'mp3' },
};

function seedream() {
  return {
    prompt,
    aspect_ratio: '16:9',
    size: '2K',
    max_images: 1,
    sequential_image_generation: 'disabled',
  };
}

function kling3() {
  return {
    prompt,
    start_image: picture,
    aspect_ratio: '16:9',
    duration: 5,
    mode: 'standard',
    generate_audio: false,
  };
}

function veo() {
  return {
    prompt,
    image: picture,
    aspect_ratio: '16:9',
    duration: 8,
    resolution: '720p',
    generate_audio: true,
    seed,
  };
}

let fleet: Fleet;
let entries: readonly CatalogueEntry[];

beforeAll(async () => {
  const path = join(packageRoot(), 'models.yaml');
  entries = parseCatalogue(path, await readFile(path, 'utf8')).entries;
  fleet = await startFleet();
});
afterAll(() => fleet.close());

test('every model of the catalogue makes its part of a video, and receives exactly what it takes', async () => {
  expect(Object.keys(inputs).sort()).toEqual(entries.map(({ name }) => name).sort());
  const [stills, clips, scores] = (['still', 'clip', 'score'] as const).map(namesOf);
  const videos = Array.from(
    { length: Math.max(stills!.length, clips!.length, scores!.length) },
    (_, index) => ({
      still: pick(stills!, index),
      clip: pick(clips!, index),
      score: pick(scores!, index),
    }),
  );

  const made = [];
  for (const models of videos) {
    const before = fleet.standIn.control.counters().predictions.length;
    const video = await fleet.startVideo(brief(models));
    const result = await video.result();
    expect(result).toMatchObject({ stills: 1, chunks: 1, clips: 1, music: { status: 'included' } });
    expect((await verify(fleet, video.id)).problems).toEqual([]);
    const bought = fleet.standIn.control.counters().predictions.slice(before);
    for (const kind of ['still', 'clip', 'score'] as const) {
      const ordered = bought.filter((prediction) => prediction.kind === kind);
      made.push(models[kind]);
      expect([models[kind], ordered.map(({ input }) => input)]).toEqual([
        models[kind],
        [inputs[models[kind]]],
      ]);
      const sent = ordered[0]?.input['seed'];
      if (sent !== undefined) expect(sent).toBe(seedOf(kind));
    }
  }

  expect([...new Set(made)].sort()).toEqual(Object.keys(inputs).sort());
});

function namesOf(kind: ModelKind): string[] {
  return entries.filter((entry) => entry.kind === kind).map(({ name }) => name);
}

function pick(names: readonly string[], index: number): string {
  return names[index % names.length] ?? '';
}

function brief(models: Record<ModelKind, string>): BriefInput {
  return briefOf(1, { models, aspectRatio: '16:9' });
}

function seedOf(kind: ModelKind): number {
  const medium = boughtMedia.find((name) => media[name].modelKind === kind) ?? 'still';
  const beat = media[medium].per === 'video' ? '' : 'b1';
  return unitSeed(7, { medium, beat, chunk: 0, take: 0 });
}
