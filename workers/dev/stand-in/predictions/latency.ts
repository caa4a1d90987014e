import { z } from 'zod';
import { textOf } from '../models/validate-input.ts';
import { type ModelInput, type OutputKind, outputKinds } from '../models/model-description.ts';

const seconds = z.number().nonnegative();

/** Latencies of predictions, as JSON. The first rule that matches decides, else the kind. */
export const latencySchema = z.strictObject({
  ...(Object.fromEntries(outputKinds.map((kind) => [kind, seconds.optional()])) as Record<
    OutputKind,
    z.ZodOptional<typeof seconds>
  >),
  rules: z
    .array(
      z.strictObject({
        match: z.strictObject({
          kind: z.enum(outputKinds).optional(),
          model: z.string().optional(),
          promptIncludes: z.string().optional(),
        }),
        seconds,
      }),
    )
    .optional(),
});

/** The prediction that a latency function judges. */
export interface LatencySubject {
  readonly kind: OutputKind;
  readonly model: string;
  readonly input: ModelInput;
}

/** Seconds by kind and rule, or a function of the prediction (in-process only). */
export type Latency = z.infer<typeof latencySchema> | ((subject: LatencySubject) => number);

/** Default seconds of each kind. */
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
