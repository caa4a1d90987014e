import { prompt, seed, uri, flag, choice, whole, amount } from './input-fields.ts';
import type { ModelDescription } from './model-description.ts';

/** Models of Replicate that make music. */
export const scoreModels: readonly ModelDescription[] = [
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
