import { z } from 'zod';

import { aspectRatios, shortClipPolicies } from '../brief.ts';

/** Inputs of all kinds of models. */
const accepts = {
  /** Whether the same seed gives the same output. */
  seed: z.boolean().default(false),
};

const shape = z
  .array(z.enum(aspectRatios))
  .min(1)
  .default([...aspectRatios]);

/** The most reference pictures of one order. Default: none, or one where `referenceImage` is true. */
const referenceImages = z.int().min(0).max(20).optional();

const common = {
  host: z.string().min(1),
  /** The host's own name for the model, e.g. `owner/name`. */
  model: z.string().min(1),
  /** The model's version, for a host that runs it by version only. */
  version: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'a version is 64 hex digits' })
    .optional(),
  price: z.strictObject({
    /** The highest cost of one prediction, in US dollars. */
    perPredictionUsd: z.number().nonnegative(),
    /** The price of one second of run time, for a host that bills by it. */
    perSecondUsd: z.number().positive().optional(),
    readOn: z.coerce.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date, YYYY-MM-DD' }),
  }),
  limits: z
    .strictObject({
      /** The longest prompt the model reads, in characters; longer ones are cut at a word. Default: no limit. */
      promptCharacters: z.int().positive().optional(),
      /** The largest file it delivers, in MiB. Default: the limit of its medium. */
      fileMiB: z.int().positive().optional(),
    })
    .default({}),
  /** Our request in the model's own fields. A placeholder is the whole value of a field, never nested. */
  input: z.record(z.string(), z.json()),
};

const still = z.strictObject({
  ...common,
  kind: z.literal('still'),
  /** Usual type of its files; decides their extension. */
  delivers: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  accepts: z.strictObject({
    ...accepts,
    aspectRatios: shape,
    /** Short for `referenceImages: 1`. */
    referenceImage: z.boolean().default(false),
    referenceImages,
  }),
});

const clip = z.strictObject({
  ...common,
  kind: z.literal('clip'),
  delivers: z.enum(['video/mp4']),
  /** Length of one prediction's footage, in seconds. */
  clipSeconds: z.number().positive(),
  /** Shorter side of its footage and of the video, in pixels. Default: 1080, the largest we make. */
  shortSide: z.int().min(240).max(4320).multipleOf(2).optional(),
  /** Whether its footage has sound, which the video keeps. */
  nativeAudio: z.boolean().default(false),
  /** The treatment of short footage where the brief names none. */
  shortClips: z.enum(shortClipPolicies).default('hold'),
  accepts: z.strictObject({
    ...accepts,
    aspectRatios: shape,
    /** Lengths on offer, in seconds. */
    durations: z.array(z.number().positive()).min(1),
    /** In the model's own words, e.g. `768p`. */
    resolutions: z.array(z.string().min(1)).min(1).optional(),
    /** Whether its footage starts from a picture. For other models, words describe the still. */
    firstFrame: z.boolean(),
    lastFrame: z.boolean().default(false),
    referenceImages,
  }),
});

const score = z.strictObject({
  ...common,
  kind: z.literal('score'),
  delivers: z.enum(['audio/mpeg', 'audio/wav']),
  /** The longest sound of one prediction, in seconds. Default: no limit. */
  maxSeconds: z.number().positive().optional(),
  accepts: z.strictObject(accepts),
});

/** One entry of the catalogue, field by field. */
export const modelSchema = z.discriminatedUnion('kind', [still, clip, score]);

/** One parsed entry of the catalogue. */
export type ModelEntry = z.output<typeof modelSchema>;

/** The most reference pictures of one order to a model. */
export function referenceSlots({ accepts }: ModelEntry): number {
  const isOne = 'referenceImage' in accepts && accepts.referenceImage;
  return ('referenceImages' in accepts ? accepts.referenceImages : undefined) ?? Number(isOne);
}
