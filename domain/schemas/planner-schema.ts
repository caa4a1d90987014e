import { z } from 'zod';

import type { ModelProblem } from './check-model.ts';
import { showUsd } from '../show-usd.ts';

const usd = z.number().nonnegative();

/** A language model that writes storyboards, field by field. */
export const plannerSchema = z.strictObject({
  kind: z.literal('planner'),
  host: z.literal('chat-completions', { error: 'must be chat-completions, the one way to ask for a plan' }),
  /** The server's own name of the model. */
  model: z.string().min(1),
  price: z.strictObject({
    /** The highest price of one plan with its repair, in US dollars: a call that could pass it is not made. */
    perPlanUsd: z.number().positive(),
    perMillionInputTokensUsd: usd,
    perMillionOutputTokensUsd: usd,
    readOn: z.coerce.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date, YYYY-MM-DD' }),
  }),
  limits: z
    .strictObject({
      /** The longest paid answer, thinking included, in tokens. */
      answerTokens: z.int().min(1000).default(16_000),
    })
    .prefault({}),
  /** The request field for the answer limit; older servers know `max_tokens` alone. */
  answerTokensField: z.enum(['max_completion_tokens', 'max_tokens']).default('max_completion_tokens'),
  /** Sent unchanged, e.g. `reasoning_effort`. */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** A language model as the catalogue describes it. */
export type PlannerModel = z.output<typeof plannerSchema>;

/** Request fields that only Beatreel fills in. */
const ownFields: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'response_format',
  'max_completion_tokens',
  'max_tokens',
  'stream',
  'n',
]);

/** Finds contradictions within an entry. */
export function checkPlannerModel({ price, limits, parameters }: PlannerModel): ModelProblem[] {
  const answersUsd = (2 * limits.answerTokens * price.perMillionOutputTokensUsd) / 1e6;
  const problems = Object.keys(parameters)
    .filter((name) => ownFields.has(name))
    .map((name) => ({ path: ['parameters', name], message: `${name} is filled in by Beatreel` }));
  if (answersUsd < price.perPlanUsd) return problems;
  const message = `two answers of ${limits.answerTokens} tokens cost ${showUsd(answersUsd)}: a repair could never be asked for`;
  return [...problems, { path: ['price', 'perPlanUsd'], message }];
}
