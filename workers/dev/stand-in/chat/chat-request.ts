import { z } from 'zod';

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({
      name: z.string().regex(/^[\w-]{1,64}$/),
      strict: z.boolean().optional(),
      schema: z.record(z.string(), z.unknown()),
    }),
  }),
]);

/** A question as the API takes it; fields beyond these are ignored. */
export const chatRequestSchema = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  response_format: responseFormat.default({ type: 'text' }),
  stream: z.literal(false).optional(),
});

export type ChatRequest = z.infer<typeof chatRequestSchema>;
export type ChatFormat = ChatRequest['response_format']['type'];
