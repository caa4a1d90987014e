import type { z } from 'zod';

import { redactValue } from '../runtime/secrets.ts';
import { parseJson, type JsonReading } from './parse-json.ts';

/** A parsed answer, or its unreadable fields, never with their values. */
export type ParsedAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** The fields that a problem names at most: an answer may have millions. */
const mostFields = 20;

/** Reads an answer by its schema, without the secrets that the host repeats in it. */
export async function parseAnswer<T>(
  schema: z.ZodType<T>,
  body: string,
  reading: JsonReading = {},
): Promise<ParsedAnswer<T>> {
  const json = await parseJson(body, reading);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return withoutSecrets(parsed.data);
  const fields = parsed.error.issues.slice(0, mostFields).map((issue) => issue.path.join('.'));
  return { ok: false, problem: `fields ${fields.join(', ')}` };
}

function withoutSecrets<T>(value: T): ParsedAnswer<T> {
  try {
    return { ok: true, value: redactValue(value) };
  } catch {
    return { ok: false, problem: 'more text than an answer has' };
  }
}
