import { z } from 'zod';
import { outputKinds } from '../models/model-description.ts';
import { faultSchema } from './fault-schema.ts';

const matchSchema = z.strictObject({
  /** Request faults only. Default `create`. */
  operation: z.enum(['create', 'get', 'list', 'cancel', 'chat']).optional(),
  /** Webhook faults only. Default: both. */
  event: z.enum(['start', 'completed']).optional(),
  kind: z.enum([...outputKinds, 'plan']).optional(),
  model: z.string().optional(),
  promptIncludes: z.string().optional(),
  /** Id of one prediction. */
  prediction: z.string().optional(),
  /** The first matching event that it strikes, 1-based. Default 1. */
  nth: z.int().positive().default(1),
});

/**
 * One line of a script of faults. It counts the events that match, and strikes `times` of them, from the `nth` on.
 * An event is a request, an accepted create, the fetch of an output, the sending of a webhook or an answer of the
 * language model, by the fault's stage.
 */
export const faultRuleSchema = z.strictObject({
  match: matchSchema.prefault({}),
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  fault: faultSchema,
});

/** A rule with its defaults filled in. */
export type FaultRule = z.infer<typeof faultRuleSchema>;

/** A rule as a script writes it: only `fault` is needed. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
