import { z } from 'zod';

import { briefSchema } from '../../domain/schemas/brief-schema.ts';

/** The parts of JSON Schema, and of our additions to it, that we read. */
export interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  /** The values of an object whose names are the caller's own. */
  readonly additionalProperties?: FieldSchema | false;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly description?: string;
  readonly fallback?: string;
  readonly example?: unknown;
  readonly rule?: string;
}

/** A field of a brief, e.g. `beats[].title` or `references.<name>.kind`. */
export interface BriefField {
  readonly path: string;
  readonly isRequired: boolean;
  readonly schema: FieldSchema;
}

/** Every field of a brief, those of objects after the object itself. */
export function listBriefFields(): BriefField[] {
  return listFields(z.toJSONSchema(briefSchema, { io: 'input' }) as FieldSchema, '');
}

function listFields({ properties = {}, required = [] }: FieldSchema, prefix: string): BriefField[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    return [{ path, isRequired: required.includes(name), schema }, ...listInner(path, schema)];
  });
}

function listInner(path: string, schema: FieldSchema): BriefField[] {
  const { items, additionalProperties } = schema;
  if (items?.properties) return listFields(items, `${path}[].`);
  if (additionalProperties) return listFields(additionalProperties, `${path}.<name>.`);
  return listFields(schema, `${path}.`);
}

const opening = `# A brief

<!-- Made from domain/schemas/brief-schema.ts by npm run docs:brief. Change it there. -->

A brief is one JSON object. \`prompt\` and \`durationSeconds\` are all it needs; a field that is not in this table is refused by
name. It is checked by the client, the command line and the first step of the workflow, with the same rules. Briefs that use
every field are in [\`examples/briefs\`](../examples/briefs).

`;

/** The whole of docs/brief.md, before prettier formats it. */
export function describeBrief(): string {
  const rows = listBriefFields().map(({ path, isRequired, schema }) => [
    `\`${path}\``,
    schema.description ?? '',
    describeRange(schema),
    isRequired ? '**required**' : (schema.fallback ?? ''),
    schema.example === undefined ? '' : `\`${JSON.stringify(schema.example)}\``,
  ]);
  const head = ['Field', 'Means', 'May be', 'Left out', 'Example'];
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(toCell).join(' | ')} |`);
  return `${opening}${table.join('\n')}\n`;
}

function toCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function describeRange(schema: FieldSchema): string {
  const { type, enum: values, rule } = schema;
  // Our own words describe the form of a text, which JSON Schema cannot.
  const isText = type === 'string' && values === undefined;
  return rule !== undefined && (isText || schema.anyOf)
    ? rule
    : [describeType(schema), rule].filter(Boolean).join(', ');
}

function describeType(schema: FieldSchema): string {
  const { type, enum: values, items, minimum, maximum, maxLength, minItems, maxItems } = schema;
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (type === 'string') return `text of 1–${count(maxLength ?? Infinity)} characters`;
  if (type === 'integer') return `a whole number, ${between(minimum, maximum)}`;
  if (type === 'number' && minimum === undefined) return `a number, at most ${count(maximum ?? Infinity)}`;
  if (type === 'number') return `a number, ${between(minimum, maximum)}`;
  if (type === 'boolean') return '`true`, `false`';
  if (type !== 'array') return 'an object';
  return `a list of ${count(minItems ?? 0)}–${count(maxItems ?? 0)}${items?.properties ? ' objects' : ''}`;
}

/** Describes a range; zod's JSON Schema names the largest whole number where no limit is set. */
function between(least = 0, most = Number.MAX_SAFE_INTEGER): string {
  return most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${count(least)}–${count(most)}`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
