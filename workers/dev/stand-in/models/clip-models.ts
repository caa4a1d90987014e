import { prompt, seed, uri, flag, choice, whole, amount, seconds, pictures } from './input-fields.ts';
import type { InputField, ModelDescription } from './model-description.ts';

const clipRatios = ['16:9', '9:16', '1:1'];

const kling3: Readonly<Record<string, InputField>> = {
  prompt: { ...prompt, maxLength: 2500 },
  mode: choice(['standard', 'pro'], 'pro'),
  start_image: uri,
  end_image: uri,
  duration: whole(3, 15, 5),
  aspect_ratio: choice(clipRatios),
  multi_prompt: { type: 'string' },
  generate_audio: flag(false),
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

/** Models of Replicate that make footage. */
export const clipModels: readonly ModelDescription[] = [
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
    name: 'kwaivgi/kling-v2.6',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      start_image: uri,
      duration: seconds([5, 10], 5),
      aspect_ratio: choice(clipRatios),
      generate_audio: flag(true),
      negative_prompt: { type: 'string' },
    },
  },
  {
    name: 'kwaivgi/kling-v3-video',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: { ...kling3, negative_prompt: { type: 'string' } },
  },
  {
    name: 'kwaivgi/kling-v3-omni-video',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      ...kling3,
      reference_images: pictures(7),
      reference_video: uri,
      video_reference_type: choice(['feature', 'base']),
      keep_original_sound: flag(true),
    },
  },
  {
    name: 'bytedance/seedance-1.5-pro',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      seed,
      image: uri,
      last_frame_image: uri,
      duration: whole(2, 12, 5),
      aspect_ratio: choice(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21']),
      fps: seconds([24], 24),
      camera_fixed: flag(false),
      generate_audio: flag(false),
    },
  },
  {
    name: 'pixverse/pixverse-v5.6',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      seed,
      image: uri,
      last_frame_image: uri,
      quality: choice(['360p', '540p', '720p', '1080p'], '540p'),
      duration: seconds([5, 8, 10], 5),
      aspect_ratio: choice(clipRatios),
      thinking_type: choice(['disabled', 'enabled', 'auto'], 'auto'),
      generate_audio_switch: flag(false),
      negative_prompt: { type: 'string' },
    },
    excluded: [{ quality: '1080p', duration: 10 }],
  },
  {
    name: 'runwayml/gen-4.5',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: {
      prompt,
      seed,
      image: uri,
      duration: seconds([5, 10], 5),
      aspect_ratio: choice(['16:9', '9:16', '4:3', '3:4', '1:1', '21:9']),
    },
  },
  {
    name: 'wan-video/wan-2.7-i2v',
    kind: 'clip',
    output: 'single',
    required: [],
    properties: {
      prompt,
      seed,
      first_frame: uri,
      last_frame: uri,
      first_clip: uri,
      audio: uri,
      duration: whole(2, 15, 5),
      resolution: choice(['720p', '1080p'], '1080p'),
      negative_prompt: { type: 'string' },
      enable_prompt_expansion: flag(true),
    },
  },
];
