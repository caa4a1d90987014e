import type { InputField, ModelDescription } from './model-description.ts';

/*
 * Fields beside `model` as MiniMax's reference listed them on 2026-11-22. They drift; this file is the only place to
 * change.
 */
const flag = (value: boolean): InputField => ({ type: 'boolean', default: value });
const prompt = (maxLength: number): InputField => ({ type: 'string', minLength: 1, maxLength });
const picture: InputField = { type: 'string', format: 'uri' };

const footage = (resolutions: readonly string[]): Readonly<Record<string, InputField>> => ({
  prompt: prompt(2000),
  first_frame_image: picture,
  duration: { type: 'integer', enum: [6, 10], default: 6 },
  resolution: { type: 'string', enum: resolutions, default: '768P' },
  prompt_optimizer: flag(true),
  fast_pretreatment: flag(false),
  aigc_watermark: flag(false),
  callback_url: picture,
});

const music: Omit<ModelDescription, 'name'> = {
  kind: 'score',
  output: 'single',
  required: [],
  properties: {
    prompt: prompt(2000),
    lyrics: { type: 'string', minLength: 1, maxLength: 3500 },
    is_instrumental: flag(false),
    lyrics_optimizer: flag(false),
    stream: flag(false),
    output_format: { type: 'string', enum: ['hex', 'url'], default: 'hex' },
    audio_setting: { type: 'object' },
  },
};

/** Every model of MiniMax that the stand-in plays. */
export const minimaxModels: readonly ModelDescription[] = [
  {
    name: 'MiniMax-Hailuo-02',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: { ...footage(['512P', '768P', '1080P']), last_frame_image: picture },
    excluded: [{ resolution: '1080P', duration: 10 }],
  },
  {
    name: 'MiniMax-Hailuo-2.3',
    kind: 'clip',
    output: 'single',
    required: ['prompt'],
    properties: footage(['768P', '1080P']),
    excluded: [{ resolution: '1080P', duration: 10 }],
  },
  {
    name: 'image-01',
    kind: 'still',
    output: 'list',
    required: ['prompt'],
    properties: {
      prompt: prompt(1500),
      aspect_ratio: {
        type: 'string',
        enum: ['1:1', '16:9', '4:3', '3:2', '2:3', '3:4', '9:16', '21:9'],
        default: '1:1',
      },
      n: { type: 'integer', minimum: 1, maximum: 9, default: 1 },
      seed: { type: 'integer' },
      response_format: { type: 'string', enum: ['url', 'base64'], default: 'url' },
      prompt_optimizer: flag(false),
      aigc_watermark: flag(false),
    },
  },
  { name: 'music-2.5', ...music },
  { name: 'music-2.6', ...music },
];
