import type { z } from 'zod';

/** What an answer says, or why it cannot be read: the fields, never their values. */
export type ParsedAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Reads an answer by its schema. @param parse default: `JSON.parse` */
export function parseAnswer<T>(
  schema: z.ZodType<T>,
  body: string,
  parse: (text: string) => unknown = (text) => JSON.parse(text) as unknown,
): ParsedAnswer<T> {
  let json: unknown;
  try {
    json = parse(body);
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
  return { ok: false, problem: `fields ${fields.join(', ')}` };
}
