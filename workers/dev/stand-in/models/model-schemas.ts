import type { InputField, ModelDescription } from './model-description.ts';

/*
 * Inputs as the hosts' schema pages listed them on 2026-11-22. They drift; this file is the only place to change.
 */
const prompt: InputField = { type: 'string', description: 'What to make' };
const seed: InputField = { type: 'integer', description: 'Random seed; the same seed gives the same output' };
const uri: InputField = { type: 'string', format: 'uri' };
const flag = (value: boolean): InputField => ({ type: 'boolean', default: value });
const choice = (values: readonly string[], value = values[0]): InputField => ({
  type: 'string',
  enum: values,
  ...(value === undefined ? {} : { default: value }),
});
const whole = (minimum: number, maximum: number, value: number): InputField => ({
  type: 'integer',
  minimum,
  maximum,
  default: value,
});
const amount = (minimum: number, maximum: number, value: number): InputField => ({
  type: 'number',
  minimum,
  maximum,
  default: value,
});
const seconds = (values: readonly number[], value: number): InputField => ({
  type: 'integer',
  enum: values,
  default: value,
});

const fluxRatios = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'];
const kontextRatios = ['match_input_image', ...fluxRatios, '2:1', '1:2'];
const pictureFormats = ['webp', 'jpg', 'png'];

const fluxOpen: Readonly<Record<string, InputField>> = {
  prompt,
  seed,
  go_fast: flag(true),
  megapixels: choice(['1', '0.25']),
  num_outputs: whole(1, 4, 1),
  aspect_ratio: choice(fluxRatios),
  output_format: choice(pictureFormats),
  output_quality: whole(0, 100, 80),
  disable_safety_checker: flag(false),
};

const kontext: Readonly<Record<string, InputField>> = {
  prompt,
  seed,
  input_image: uri,
  aspect_ratio: choice(kontextRatios),
  output_format: choice(['png', 'jpg']),
  safety_tolerance: whole(0, 6, 2),
  prompt_upsampling: flag(false),
};

const veo: Readonly<Record<string, InputField>> = {
  prompt,
  seed,
  image: uri,
  aspect_ratio: choice(['16:9', '9:16']),
  duration: seconds([4, 6, 8], 8),
  resolution: choice(['720p', '1080p']),
  negative_prompt: { type: 'string' },
  generate_audio: flag(true),
};

const veo31: Readonly<Record<string, InputField>> = {
  ...veo,
  last_frame: uri,
  reference_images: { type: 'array', items: uri, minItems: 1, maxItems: 3 },
};

const hailuo: Readonly<Record<string, InputField>> = {
  prompt,
  first_frame_image: uri,
  duration: seconds([6, 10], 6),
  prompt_optimizer: flag(true),
};

/** Every model the stand-in plays, with the input its host accepts. */
export const modelSchemas: readonly ModelDescription[] = [
  {
    name: 'black-forest-labs/flux-schnell',
    kind: 'still',
    output: 'list',
    required: ['prompt'],
    properties: { ...fluxOpen, num_inference_steps: whole(1, 4, 4) },
  },
  {
    name: 'black-forest-labs/flux-dev',
    kind: 'still',
    output: 'list',
    required: ['prompt'],
    properties: {
      ...fluxOpen,
      image: uri,
      guidance: amount(0, 10, 3),
      prompt_strength: amount(0, 1, 0.8),
      num_inference_steps: whole(1, 50, 28),
    },
  },
  {
    name: 'black-forest-labs/flux-1.1-pro',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      seed,
      width: { type: 'integer', minimum: 256, maximum: 1440 },
      height: { type: 'integer', minimum: 256, maximum: 1440 },
      aspect_ratio: choice(['custom', ...fluxRatios], '1:1'),
      image_prompt: uri,
      output_format: choice(pictureFormats),
      output_quality: whole(0, 100, 80),
      safety_tolerance: whole(1, 6, 2),
      prompt_upsampling: flag(false),
    },
  },
  {
    name: 'black-forest-labs/flux-kontext-pro',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: kontext,
  },
  {
    name: 'black-forest-labs/flux-kontext-max',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: kontext,
  },
  {
    name: 'minimax/hailuo-02',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      ...hailuo,
      last_frame_image: uri,
      resolution: choice(['512p', '768p', '1080p'], '1080p'),
    },
    excluded: [{ resolution: '1080p', duration: 10 }],
  },
  {
    name: 'minimax/hailuo-2.3',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: { ...hailuo, resolution: choice(['768p', '1080p']) },
    excluded: [{ resolution: '1080p', duration: 10 }],
  },
  {
    name: 'wan-video/wan-2.2-i2v-fast',
    kind: 'clip',
    output: 'single',
    required: ['image', 'prompt'],
    properties: {
      prompt,
      seed,
      image: uri,
      num_frames: whole(81, 121, 81),
      resolution: choice(['480p', '720p']),
      frames_per_second: whole(5, 30, 16),
      go_fast: flag(true),
      sample_shift: amount(1, 20, 12),
    },
  },
  { name: 'google/veo-3', kind: 'clip', output: 'single', required: ['prompt'], properties: veo },
  { name: 'google/veo-3-fast', kind: 'clip', output: 'single', required: ['prompt'], properties: veo },
  { name: 'google/veo-3.1', kind: 'clip', output: 'single', required: ['prompt'], properties: veo31 },
  { name: 'google/veo-3.1-fast', kind: 'clip', output: 'single', required: ['prompt'], properties: veo31 },
  {
    name: 'kwaivgi/kling-v2.5-turbo-pro',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      start_image: uri,
      duration: seconds([5, 10], 5),
      aspect_ratio: choice(['16:9', '9:16', '1:1']),
      negative_prompt: { type: 'string' },
    },
  },
  {
    name: 'meta/musicgen',
    kind: 'score',
    output: 'single',
    version: '671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb',
    required: [],
    properties: {
      prompt,
      seed,
      duration: whole(1, 300, 8),
      model_version: choice(['stereo-melody-large', 'stereo-large', 'melody-large', 'large']),
      input_audio: uri,
      continuation: flag(false),
      continuation_start: whole(0, 300, 0),
      continuation_end: { type: 'integer', minimum: 0 },
      multi_band_diffusion: flag(false),
      output_format: choice(['wav', 'mp3']),
      normalization_strategy: choice(['loudness', 'clip', 'peak', 'rms']),
      top_k: whole(0, 1000, 250),
      top_p: amount(0, 1, 0),
      temperature: amount(0, 10, 1),
      classifier_free_guidance: whole(0, 20, 3),
    },
  },
  {
    name: 'minimax/music-1.5',
    kind: 'score',
    output: 'single',
    required: ['lyrics', 'prompt'],
    properties: {
      lyrics: { type: 'string', minLength: 10, maxLength: 600 },
      prompt: { type: 'string', minLength: 10, maxLength: 300 },
      sample_rate: { type: 'integer', enum: [16000, 24000, 32000, 44100], default: 44100 },
      bitrate: { type: 'integer', enum: [32000, 64000, 128000, 256000], default: 256000 },
      audio_format: choice(['mp3', 'wav', 'pcm']),
    },
  },
  {
    name: 'stability-ai/stable-audio-2.5',
    kind: 'score',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      seed,
      duration: whole(1, 190, 190),
      steps: whole(4, 8, 8),
      cfg_scale: amount(1, 25, 1),
    },
  },
];
