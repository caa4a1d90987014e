import { z } from 'zod';

import { aspectRatios, shortClipPolicies } from '../brief.ts';

/** What the inputs of all kinds have in common. */
const accepts = {
  /** Whether the same seed gives the same output. */
  seed: z.boolean().default(false),
};

const shape = z
  .array(z.enum(aspectRatios))
  .min(1)
  .default([...aspectRatios]);

/** How many pictures of references one order can hold. Default: none, or one where `referenceImage` is true. */
const referenceImages = z.int().min(0).max(20).optional();

const common = {
  host: z.string().min(1),
  /** The host's own name of the model, e.g. `owner/name`. */
  model: z.string().min(1),
  /** Where the host runs a model by its version only: which one. */
  version: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'a version is 64 hex digits' })
    .optional(),
  price: z.strictObject({
    /** The most that one prediction costs, in US dollars. */
    perPredictionUsd: z.number().nonnegative(),
    /** What a second of its run costs, where the host bills by that. */
    perSecondUsd: z.number().positive().optional(),
    readOn: z.coerce.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date, YYYY-MM-DD' }),
  }),
  limits: z
    .strictObject({
      /** The longest prompt the model reads, in characters; a longer one is cut at a word. Default: no limit. */
      promptCharacters: z.int().positive().optional(),
      /** The largest file it delivers, in MiB. Default: what any file of its kind may have. */
      fileMiB: z.int().positive().optional(),
    })
    .default({}),
  /** Our request in the model's own fields. A placeholder is a field's whole value, and never deeper. */
  input: z.record(z.string(), z.json()),
};

const still = z.strictObject({
  ...common,
  kind: z.literal('still'),
  /** What its files usually are; names their extension. */
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
  /** Footage one prediction delivers, in seconds. */
  clipSeconds: z.number().positive(),
  /** Pixels of the shorter side of its footage, which the video has too. Default: 1080, the largest that is made. */
  shortSide: z.int().min(240).max(4320).multipleOf(2).optional(),
  /** Whether its footage has sound, which the video keeps. */
  nativeAudio: z.boolean().default(false),
  /** What becomes of its footage where it came too short and the brief does not say. */
  shortClips: z.enum(shortClipPolicies).default('hold'),
  accepts: z.strictObject({
    ...accepts,
    aspectRatios: shape,
    /** Lengths that can be ordered, in seconds. */
    durations: z.array(z.number().positive()).min(1),
    /** In the model's own words, e.g. `768p`. */
    resolutions: z.array(z.string().min(1)).min(1).optional(),
    /** Whether its footage starts from a picture. A model that takes none is told in words what the still shows. */
    firstFrame: z.boolean(),
    lastFrame: z.boolean().default(false),
    referenceImages,
  }),
});

const score = z.strictObject({
  ...common,
  kind: z.literal('score'),
  delivers: z.enum(['audio/mpeg', 'audio/wav']),
  /** The longest sound one prediction delivers, in seconds. Default: no limit. */
  maxSeconds: z.number().positive().optional(),
  accepts: z.strictObject(accepts),
});

/** One entry of the catalogue, field by field. */
export const modelSchema = z.discriminatedUnion('kind', [still, clip, score]);

/** A model as the catalogue describes it. */
export type ModelEntry = z.output<typeof modelSchema>;

/** How many pictures of references an order of a model can hold. */
export function referenceSlots({ kind, accepts }: ModelEntry): number {
  if (kind === 'score') return 0;
  const isOne = 'referenceImage' in accepts && accepts.referenceImage;
  return ('referenceImages' in accepts ? accepts.referenceImages : undefined) ?? Number(isOne);
}
