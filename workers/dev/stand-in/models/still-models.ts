import { prompt, seed, uri, flag, choice, whole, amount, pictures } from './input-fields.ts';
import type { InputField, ModelDescription } from './model-description.ts';

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

const matchedRatios = [
  'match_input_image',
  '1:1',
  '2:3',
  '3:2',
  '3:4',
  '4:3',
  '4:5',
  '5:4',
  '9:16',
  '16:9',
  '21:9',
];
const nanoBanana: Readonly<Record<string, InputField>> = {
  prompt,
  image_input: pictures(14),
  aspect_ratio: choice(matchedRatios),
  output_format: choice(['jpg', 'png']),
};

const seedream: Readonly<Record<string, InputField>> = {
  prompt,
  aspect_ratio: choice(matchedRatios.filter((ratio) => !['4:5', '5:4'].includes(ratio))),
  max_images: whole(1, 15, 1),
  sequential_image_generation: choice(['disabled', 'auto']),
};

const flux2: Readonly<Record<string, InputField>> = {
  prompt,
  seed,
  aspect_ratio: choice([...matchedRatios.filter((ratio) => ratio !== '21:9'), 'custom'], '1:1'),
  resolution: choice(['match_input_image', '0.5 MP', '1 MP', '2 MP', '4 MP'], '1 MP'),
  width: { type: 'integer', minimum: 256, maximum: 2048 },
  height: { type: 'integer', minimum: 256, maximum: 2048 },
  output_format: choice(pictureFormats),
  output_quality: whole(0, 100, 80),
  safety_tolerance: whole(1, 5, 2),
};

/** Models of Replicate that make pictures. */
export const stillModels: readonly ModelDescription[] = [
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
    name: 'google/nano-banana-2',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: {
      ...nanoBanana,
      resolution: choice(['1K', '2K', '4K']),
      google_search: flag(false),
      image_search: flag(false),
    },
  },
  {
    name: 'google/nano-banana-pro',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: {
      ...nanoBanana,
      resolution: choice(['1K', '2K', '4K'], '2K'),
      safety_filter_level: choice(
        ['block_low_and_above', 'block_medium_and_above', 'block_only_high'],
        'block_only_high',
      ),
      allow_fallback_model: flag(false),
    },
  },
  {
    name: 'bytedance/seedream-4',
    kind: 'still',
    output: 'list',
    required: ['prompt'],
    properties: {
      ...seedream,
      image_input: pictures(10),
      size: choice(['1K', '2K', '4K', 'custom'], '2K'),
      width: whole(1024, 4096, 2048),
      height: whole(1024, 4096, 2048),
      enhance_prompt: flag(true),
    },
  },
  {
    name: 'bytedance/seedream-4.5',
    kind: 'still',
    output: 'list',
    required: ['prompt'],
    properties: {
      ...seedream,
      image_input: pictures(14),
      size: choice(['2K', '4K']),
      disable_safety_checker: flag(false),
    },
  },
  {
    name: 'black-forest-labs/flux-2-pro',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: { ...flux2, input_images: pictures(8) },
  },
  {
    name: 'black-forest-labs/flux-2-flex',
    kind: 'still',
    output: 'single',
    required: ['prompt'],
    properties: {
      ...flux2,
      input_images: pictures(10),
      steps: whole(1, 50, 30),
      guidance: amount(1.5, 10, 4.5),
      prompt_upsampling: flag(true),
    },
  },
];
