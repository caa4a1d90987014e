import { z } from 'zod';

import type { Edit } from '../edits/edit.ts';
import { productName } from '../references.ts';
import { type BriefInput, briefSchema } from './brief-schema.ts';
import { editsSchema } from './edit-schema.ts';

/** One thing wrong with a brief. */
export interface BriefProblem {
  /** Path of the field, e.g. `limits.concurrentStills` or `beats[2].durationSeconds`; `brief` for the whole. */
  readonly field: string;
  /** The value found, as JSON, cut after 80 characters; `(missing)` when there is none. */
  readonly value: string;
  /** The broken rule. */
  readonly rule: string;
}

export type CheckedBrief =
  | { readonly ok: true; readonly brief: BriefInput }
  | { readonly ok: false; readonly problems: readonly BriefProblem[] };

/** The most problems in one report; a brief with more is wrong as a whole. */
const mostProblems = 20;

/** The largest brief, as JSON. A hundred beats in full sentences take a tenth of it. */
const mostBriefBytes = 1024 * 1024;

/** @returns the problem of a brief that is too large; checked before its content, also for input that is not JSON */
function checkSize(input: unknown): BriefProblem | undefined {
  const text = toJson(input);
  // A UTF-16 character takes at most three bytes, so most texts need no measuring.
  if (text === undefined || 3 * text.length <= mostBriefBytes || bytesOf(text) <= mostBriefBytes)
    return undefined;
  return {
    field: 'brief',
    value: `(${bytesOf(text)} bytes of JSON)`,
    rule: `at most ${mostBriefBytes} bytes`,
  };
}

/** Length in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    bytes += code < 0x80 ? 1 : code < 0x800 || isHalf ? 2 : 3;
  }
  return bytes;
}

/** Checks everything that needs neither the catalogue nor the operator's limits, and reports all problems at once. */
export function checkBrief(input: unknown): CheckedBrief {
  const size = checkSize(input);
  if (size) return { ok: false, problems: [size] };
  const parsed = briefSchema.safeParse(input);
  if (parsed.success) {
    const problems = checkReferenceNames(parsed.data);
    return problems.length === 0
      ? { ok: true, brief: parsed.data }
      : { ok: false, problems: limitProblems(problems) };
  }
  return {
    ok: false,
    problems: limitProblems(parsed.error.issues.flatMap((issue) => toProblems(issue, input))),
  };
}

export type CheckedEdits =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly problems: readonly BriefProblem[] };

/** Checks a list of edits as far as possible without the video, and reports all problems at once. */
export function checkEdits(edits: unknown): CheckedEdits {
  const input = { edits };
  const size = checkSize(input);
  if (size) return { ok: false, problems: [{ ...size, field: 'edits' }] };
  const parsed = z.object({ edits: editsSchema }).safeParse(input);
  if (parsed.success) return { ok: true, edits: parsed.data.edits };
  return {
    ok: false,
    problems: limitProblems(parsed.error.issues.flatMap((issue) => toProblems(issue, input))),
  };
}

/** Finds reference names that are unknown, or that belong to two pictures. */
function checkReferenceNames({ productImage, references = {}, beats = [] }: BriefInput): BriefProblem[] {
  const names = Object.keys(references);
  const known = productImage === undefined ? names : [productName, ...names];
  const rule =
    known.length === 0 ? 'the brief has no references' : `one of the references: ${known.join(', ')}`;
  const isTwice = productImage !== undefined && names.includes(productName);
  return [
    ...(isTwice
      ? [
          {
            field: `references.${productName}`,
            value: showValue(productName),
            rule: 'the name of productImage; leave out one of them, or choose another name',
          },
        ]
      : []),
    ...beats.flatMap(({ references: shown = [] }, beat) =>
      shown.flatMap((name, at) => {
        const field = `beats[${beat}].references[${at}]`;
        if (!known.includes(name)) return [{ field, value: showValue(name), rule }];
        if (shown.indexOf(name) === at) return [];
        return [{ field, value: showValue(name), rule: 'stands twice in the list' }];
      }),
    ),
  ];
}

/** The first 20 problems, and the count of the rest. */
function limitProblems(problems: readonly BriefProblem[]): readonly BriefProblem[] {
  if (problems.length <= mostProblems) return problems;
  const more = problems.length - mostProblems;
  const rule = `${problems.length} problems in all; these are the first ${mostProblems}`;
  return [...problems.slice(0, mostProblems), { field: 'brief', value: `(${more} more)`, rule }];
}

/** One sentence for people with every problem. */
export function describeProblems(problems: readonly BriefProblem[], what = 'The brief has'): string {
  const lines = problems.map(({ field, value, rule }) => `${field} is ${value}: ${rule}`);
  return `${what} ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}: ${lines.join('; ')}.`;
}

/** The value of a field for a problem report: JSON, one line, at most 80 characters. */
export function showValue(value: unknown): string {
  if (value === undefined) return '(missing)';
  // JSON turns these into null.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const text = toJson(value);
  if (text === undefined) return `(a ${typeof value})`;
  const characters = Array.from(text);
  return characters.length <= 80 ? text : `${characters.slice(0, 77).join('')}…`;
}

/** Shortens a field name: callers invent unknown fields, of any length. */
function showField(field: string): string {
  return field.length <= 80 ? field : `${field.slice(0, 77)}…`;
}

function showAddress(value: unknown): string {
  const isAddress = typeof value === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(value);
  return isAddress ? showValue(`${value.slice(0, value.indexOf(':'))}:…`) : showValue(value);
}

/** @returns undefined for values that JSON cannot hold: functions, BigInts, circles */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function toProblems(issue: z.core.$ZodIssue, input: unknown): BriefProblem[] {
  const base = toField(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: showField(base === 'brief' ? key : `${base}.${key}`),
      value: showValue(valueAt(input, [...issue.path, key])),
      rule: 'no such field',
    }));
  }
  if (issue.code === 'invalid_key') {
    const [reason] = issue.issues;
    const name = showValue(issue.path.at(-1));
    return [{ field: toField(issue.path.slice(0, -1)), value: name, rule: reason?.message ?? issue.message }];
  }
  const found = valueAt(input, issue.path);
  // An address may be signed: do not repeat the parts that open a file.
  const isPicture = base === 'productImage' || /^references\..*\.image$/.test(base);
  const value = isPicture ? showAddress(found) : showValue(found);
  return [{ field: base, value, rule: toRule(issue, found) }];
}

function toRule(issue: z.core.$ZodIssue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined
        ? `required, ${article(issue.expected)}`
        : `must be ${article(issue.expected)}`;
    case 'too_small':
      return `at least ${issue.minimum}${measure(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${measure(issue.origin)}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
    case 'custom':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return issue.message;
  }
}

function article(expected: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  };
  return names[expected] ?? `a ${expected}`;
}

function measure(origin: string): string {
  if (origin === 'string') return ' characters';
  if (origin === 'array') return ' entries';
  return '';
}

function toField(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'brief';
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part],
    input,
  );
}
