import { z } from 'zod';

import { readWhole } from '../../../domain/outside-numbers.ts';

/** The answer's text; some servers send it in parts. */
const content = z.union([
  z.string(),
  z
    .array(z.object({ text: z.string().optional() }))
    .transform((parts) => parts.map(({ text = '' }) => text).join('')),
]);

/** More tokens than any model reads or writes. Above it, or without a number, the highest price counts. */
const mostTokens = 1e9;
const tokens = z.unknown().transform((value) => readWhole(value, { most: mostTokens }));

/**
 * The parts of an answer that we read; the rest is ignored. All fields but the text count as absent when malformed.
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
