import type { InputField } from './model-description.ts';

/*
 * Inputs as the hosts' schema pages listed them on 2026-11-22; those of models with several references, and of Kling from
 * 2.6, Seedance 1.5, PixVerse, Gen-4.5 and Wan 2.7, as a public catalogue had copied them by 2026-05-05
 * (github.com/keremk/renku, catalog/models/replicate). They drift; this file is the only place to change.
 */
export const prompt: InputField = { type: 'string', description: 'What to make' };
export const seed: InputField = {
  type: 'integer',
  description: 'Random seed; the same seed gives the same output',
};
export const uri: InputField = { type: 'string', format: 'uri' };
export const flag = (value: boolean): InputField => ({ type: 'boolean', default: value });
export const choice = (values: readonly string[], value = values[0]): InputField => ({
  type: 'string',
  enum: values,
  default: value,
});
export const whole = (minimum: number, maximum: number, value: number): InputField => ({
  type: 'integer',
  minimum,
  maximum,
  default: value,
});
export const amount = (minimum: number, maximum: number, value: number): InputField => ({
  type: 'number',
  minimum,
  maximum,
  default: value,
});
export const seconds = (values: readonly number[], value: number): InputField => ({
  type: 'integer',
  enum: values,
  default: value,
});

export const pictures = (most: number): InputField => ({ type: 'array', items: uri, maxItems: most });
