import type { Question } from '../../../activities/providers/language-model.ts';
import { planShape } from '../../../activities/planning/language/plan-shape.ts';
import type { PlannerEntry } from '../../../domain/schemas/catalogue-schema.ts';

/** A language model of a catalogue, with prices that are easy to count with. */
export function plannerOf(changes: Partial<PlannerEntry> = {}): PlannerEntry {
  return {
    name: 'thinker',
    kind: 'planner',
    host: 'chat-completions',
    model: 'thinker-1',
    price: {
      perPlanUsd: 1,
      perMillionInputTokensUsd: 1,
      perMillionOutputTokensUsd: 10,
      readOn: '2026-11-24',
    },
    limits: { answerTokens: 10_000 },
    answerTokensField: 'max_completion_tokens',
    parameters: {},
    ...changes,
  };
}

/** A question, as the planner asks it. */
export function questionOf(changes: Partial<Question> = {}): Question {
  return {
    model: plannerOf(),
    messages: [
      { role: 'system', content: 'You plan videos.' },
      { role: 'user', content: '{"prompt":"A lamp","durationSeconds":10}' },
    ],
    format: 'json_schema',
    shape: planShape,
    ...changes,
  };
}
