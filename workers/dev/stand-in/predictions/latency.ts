import { z } from 'zod';
import { textOf } from '../models/validate-input.ts';
import type { ModelInput, OutputKind } from '../models/model-description.ts';

const seconds = z.number().nonnegative();

/** How long predictions take, as it can be said in JSON. The first rule that matches decides, else the kind. */
export const latencySchema = z.strictObject({
  still: seconds.optional(),
  clip: seconds.optional(),
  score: seconds.optional(),
  rules: z
    .array(
      z.strictObject({
        match: z.strictObject({
          kind: z.enum(['still', 'clip', 'score']).optional(),
          model: z.string().optional(),
          promptIncludes: z.string().optional(),
        }),
        seconds,
      }),
    )
    .optional(),
});

/** What a latency function is asked about. */
export interface LatencySubject {
  readonly kind: OutputKind;
  readonly model: string;
  readonly input: ModelInput;
}

/** Seconds by kind and rule, or a function of the prediction (in-process only). */
export type Latency = z.infer<typeof latencySchema> | ((subject: LatencySubject) => number);

/** Seconds of each kind when nothing else is said. */
export type LatencyDefaults = Readonly<Record<OutputKind, number>>;

/** Seconds from accepting this prediction to its end. */
export function latencyOf(latency: Latency, subject: LatencySubject, defaults: LatencyDefaults): number {
  if (typeof latency === 'function') return latency(subject);
  const rule = latency.rules?.find(({ match }) => {
    const prompt = textOf(subject.input, 'prompt');
    return (
      (match.kind === undefined || match.kind === subject.kind) &&
      (match.model === undefined || match.model === subject.model) &&
      (match.promptIncludes === undefined || prompt.includes(match.promptIncludes))
    );
  });
  return rule?.seconds ?? latency[subject.kind] ?? defaults[subject.kind];
}
