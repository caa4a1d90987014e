import { parse } from 'yaml';
import { z } from 'zod';

import { type CatalogueEntry, catalogueSchema, type PlannerEntry } from './catalogue-schema.ts';

/** The models of a catalogue in file order, and the defaults of briefs. */
export interface CatalogueContent {
  readonly defaults: z.output<typeof catalogueSchema>['defaults'];
  readonly entries: readonly CatalogueEntry[];
  /** Language models for planning, besides the built-in planner. */
  readonly planners: readonly PlannerEntry[];
}

/**
 * Reads the text of a catalogue.
 *
 * @param path names the file in errors
 * @throws Error naming the path and every problem
 */
export function parseCatalogue(path: string, text: string): CatalogueContent {
  const parsed = catalogueSchema.safeParse(parseYaml(path, text));
  if (!parsed.success) throw new Error(`${path} is not a catalogue: ${z.prettifyError(parsed.error)}`);
  const { defaults, models } = parsed.data;
  const named = Object.entries(models).map(([name, entry]) => ({ name, ...entry }));
  return {
    defaults,
    entries: named.filter((entry) => entry.kind !== 'planner'),
    planners: named.filter((entry) => entry.kind === 'planner'),
  };
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} is not valid YAML: ${problem}`, { cause });
  }
}
