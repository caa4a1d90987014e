import { z } from 'zod';

/** Faults of a language model's answer, or of its server. README.md describes each one. */
export const chatFaults = [
  z.strictObject({
    type: z.literal('refuseFormat'),
    formats: z.array(z.enum(['json_schema', 'json_object'])).default(['json_schema']),
    status: z.union([z.literal(400), z.literal(422)]).default(400),
  }),
  z.strictObject({ type: z.literal('proseAround') }),
  z.strictObject({ type: z.literal('brokenJson') }),
  z.strictObject({ type: z.literal('manyBeats'), count: z.int().positive().default(30) }),
  z.strictObject({ type: z.literal('fewBeats'), count: z.int().nonnegative().default(1) }),
  z.strictObject({ type: z.literal('oddLengths') }),
  z.strictObject({ type: z.literal('emptyPrompts') }),
  z.strictObject({ type: z.literal('differentAnswer') }),
  z.strictObject({ type: z.literal('refusal') }),
  z.strictObject({ type: z.literal('filterAnswer') }),
  z.strictObject({ type: z.literal('cutAnswer') }),
  z.strictObject({ type: z.literal('noUsage') }),
] as const;
