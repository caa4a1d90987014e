import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';
import { z } from 'zod';

import { aspectRatios } from '../../workflows/domain/brief.ts';
import { failureTypes } from '../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../runtime/failures.ts';
import { placeholders } from './placeholders.ts';

const kinds = ['still', 'clip', 'score'] as const;

const entrySchema = z.strictObject({
  host: z.string().min(1),
  kind: z.enum(kinds),
  /** The host's own name of the model, e.g. `owner/name`. */
  model: z.string().min(1),
  /** What its files usually are; names their extension. */
  delivers: z.enum(['image/png', 'image/jpeg', 'image/webp', 'video/mp4', 'audio/mpeg', 'audio/wav']),
  /** Footage one prediction delivers, in seconds. Clips only. */
  clipSeconds: z.number().positive().optional(),
  /** The longest sound one prediction delivers, in seconds. Scores only. */
  maxSeconds: z.number().positive().optional(),
  /** Whether a picture of the product can be given. Stills only. */
  referenceImage: z.boolean().default(false),
  /** Shapes the model can make. Default: all. */
  aspectRatios: z
    .array(z.enum(aspectRatios))
    .min(1)
    .default([...aspectRatios]),
  price: z.strictObject({
    /** The most that one prediction costs. */
    perPredictionUsd: z.number().nonnegative(),
    /** What a second of its run costs, where the host bills by that. */
    perSecondUsd: z.number().positive().optional(),
    readOn: z.coerce.string(),
  }),
  /** Our request in the model's own fields. */
  input: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).superRefine(namePlaceholders),
});

const catalogueSchema = z
  .strictObject({
    defaults: z.strictObject({ planner: z.string(), still: z.string(), clip: z.string(), score: z.string() }),
    models: z.record(z.string(), entrySchema).refine(clipsSayTheirLength, {
      error: 'every model of kind clip needs clipSeconds',
    }),
  })
  .superRefine(({ defaults, models }, context) => {
    for (const kind of kinds) {
      if (models[defaults[kind]]?.kind === kind) continue;
      context.addIssue({
        code: 'custom',
        path: ['defaults', kind],
        message: `"${defaults[kind]}" is no model of kind ${kind}`,
      });
    }
  });

/** One model that can be asked for. */
export type CatalogueEntry = z.output<typeof entrySchema> & { readonly name: string };
export type ModelKind = CatalogueEntry['kind'];

export interface Catalogue {
  readonly defaults: z.output<typeof catalogueSchema>['defaults'];
  readonly entries: readonly CatalogueEntry[];
  /** @throws BeatreelFailure InvalidRequest when there is no such model of that kind */
  find(name: string, kind: ModelKind): CatalogueEntry;
}

/** Reads and checks a catalogue file. @throws Error naming the path and every problem */
export async function loadCatalogue(path: string): Promise<Catalogue> {
  const parsed = catalogueSchema.safeParse(parseYaml(path, await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a catalogue: ${z.prettifyError(parsed.error)}`);
  const entries = Object.entries(parsed.data.models).map(([name, entry]) => ({ name, ...entry }));
  return { defaults: parsed.data.defaults, entries, find: (name, kind) => findEntry(entries, name, kind) };
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} is no YAML: ${problem}`, { cause });
  }
}

/** What is misspelt here would be noticed by the first purchase. */
function namePlaceholders(input: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  for (const [field, template] of Object.entries(input)) {
    if (typeof template !== 'string' || !template.startsWith('$')) continue;
    if (placeholders.some((name) => template === `$${name}`)) continue;
    const known = placeholders.map((name) => `$${name}`).join(', ');
    context.addIssue({ code: 'custom', path: [field], message: `${template} is none of ${known}` });
  }
}

function findEntry(entries: readonly CatalogueEntry[], name: string, kind: ModelKind): CatalogueEntry {
  const found = entries.find((entry) => entry.name === name && entry.kind === kind);
  if (found) return found;
  const known = entries.filter((entry) => entry.kind === kind).map((entry) => entry.name);
  const rule = `one of ${known.join(', ')}`;
  throw new BeatreelFailure(failureTypes.invalidRequest, `models.${kind} is "${name}": ${rule}.`, {
    details: [{ field: `models.${kind}`, value: JSON.stringify(name), rule }],
  });
}

function clipsSayTheirLength(models: Record<string, z.output<typeof entrySchema>>): boolean {
  return Object.values(models).every(({ kind, clipSeconds }) => kind !== 'clip' || clipSeconds !== undefined);
}
