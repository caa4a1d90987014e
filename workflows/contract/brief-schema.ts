import { z } from 'zod';

import { aspectRatios, failurePolicies, refusalPolicies, templates } from '../domain/brief.ts';
import { beatLengths } from '../domain/storyboard.ts';

/** Words a person wrote: something to see, and nothing a terminal or a log could choke on. */
function words(min: number, max: number) {
  return z
    .string()
    .refine((text) => countVisible(text) >= min, { error: `at least ${min} visible character` })
    .max(max)
    .refine((text) => !hasControlCharacters(text), { error: 'no control characters' });
}

/** Without white space and without what only formats, such as a zero-width space. */
function countVisible(text: string): number {
  return text.match(/[^\s\p{Cf}]/gu)?.length ?? 0;
}

function hasControlCharacters(text: string): boolean {
  // Tab, line feed and carriage return are what people paste; the rest is not text.
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text) || !text.isWellFormed();
}

const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, { error: 'a name of the catalogue: a-z, 0-9, dots and dashes' });

/** One name, or several in the order in which they are tried. */
const modelNames = z.union([modelName, z.array(modelName).min(1).max(5)], {
  error: 'a name of the catalogue, or a list of 1–5 of them in the order in which they are tried',
});

const beat = z.strictObject({
  prompt: words(1, 2000),
  durationSeconds: z.literal(beatLengths),
  title: words(1, 100).optional(),
  motionPrompt: words(1, 2000).optional(),
});

/** The one description of a brief. The client, the CLI and the first activity of the workflow all use it. */
export const briefSchema = z.strictObject({
  /** What the video shows, 1–4,000 characters. */
  prompt: words(1, 4000),
  /** Length of the finished video in seconds, 5–300; tenths are allowed. */
  durationSeconds: z
    .number()
    .min(5)
    .max(300)
    .refine((seconds) => Math.abs(seconds * 10 - Math.round(seconds * 10)) < 1e-6, {
      error: 'a multiple of 0.1',
    }),
  /** Shown in the Web UI and in listings. Default: the first words of the prompt. */
  title: words(1, 100).optional(),
  /** How the story is told. Default: what fits the prompt, else `plain`. */
  template: z.enum(templates).optional(),
  /** Default: `16:9`. */
  aspectRatio: z.enum(aspectRatios).optional(),
  /**
   * `https://…`, or the key of a picture in `uploads/<tenant>/` or the video's own folder, or a path that the client
   * uploads where its caller allows local files (`./…` or `/…`).
   */
  productImage: words(1, 2048)
    .refine((text) => /^(https:|file:)/.test(text) || !/^[a-z][a-z0-9+.-]*:/i.test(text), {
      error: 'https://…, the key of an object in the bucket, or a path that the client uploads',
    })
    .optional(),
  /** Names of the catalogue; each has a default there. Of a list, the next one is tried when one fails. */
  models: z
    .strictObject({
      still: modelNames.optional(),
      clip: modelNames.optional(),
      score: modelNames.optional(),
      planner: modelName.optional(),
    })
    .optional(),
  /** Replaces planning. At most 60 are read; more than fit the duration are truncated in order. */
  beats: z.array(beat).min(1).max(60).optional(),
  /** On by default. */
  music: z.strictObject({ enabled: z.boolean().optional(), style: words(1, 300).optional() }).optional(),
  /** Predictions of this video at once, which may lower the operator's limits, never raise them; and its money. */
  limits: z
    .strictObject({
      concurrentStills: z.int().min(1).optional(),
      concurrentChunks: z.int().min(1).optional(),
      /** What the video may cost in all, in US dollars: a hard cap. Default: none. */
      budgetUsd: z.number().positive().max(1_000_000).optional(),
    })
    .optional(),
  /** Default: `park`. */
  onFailure: z.enum(failurePolicies).optional(),
  /** What to do when a host refuses the content. Default: `park`. */
  onRefusal: z.enum(refusalPolicies).optional(),
  /** Whose video this is, for fair turns and listings. Default: `default`. */
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: '1–64 letters, digits, dots, dashes and underscores, the first a letter or digit',
    })
    .optional(),
  /** 0–2,147,483,647. Default: derived from the video's id. */
  seed: z.int().min(0).max(2_147_483_647).optional(),
  /** The same id gives the same video: no second start. Read by the client. */
  requestId: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, { error: '1–128 visible ASCII characters without spaces' })
    .optional(),
});

/** A brief as a caller writes it. */
export type BriefInput = z.input<typeof briefSchema>;
