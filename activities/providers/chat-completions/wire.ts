import { z } from 'zod';

import { readWhole } from '../../../domain/outside-numbers.ts';

/** Some servers answer in parts. */
const content = z.union([
  z.string(),
  z
    .array(z.object({ text: z.string().optional() }))
    .transform((parts) => parts.map(({ text = '' }) => text).join('')),
]);

/** More than any model reads or writes; where a server says more, or no number, the highest price counts. */
const mostTokens = 1e9;
const tokens = z.unknown().transform((value) => readWhole(value, { most: mostTokens }));

/**
 * What we read of an answer; everything else is ignored. Beside the words everything of another form counts as absent.
 * Source: OpenAI's API reference, `POST /chat/completions`, read 2026-11-24.
 */
export const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: content.nullish(), refusal: z.string().nullish().catch(undefined) }),
        finish_reason: z.string().nullish().catch(undefined),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(undefined),
});

export type WireCompletion = z.output<typeof completionSchema>;

/** The models that a key opens. */
export const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
