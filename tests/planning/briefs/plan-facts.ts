import { readdir, readFile } from 'node:fs/promises';

import type { Brief, Template } from '../../../domain/brief.ts';
import { createBrief } from '../support/create-brief.ts';

/** What a plan of a brief must and must not say. Words are looked for whatever their case. */
export interface PlanFacts {
  readonly language: string;
  /** That the built-in planner should find. */
  readonly template: Template;
  readonly brief: Pick<Brief, 'prompt' | 'beats'>;
  /** Named in every beat; absent where a person wrote the beats. */
  readonly subject?: string;
  /** Names, numbers and things, each of which some beat or a warning names. */
  readonly facts: readonly string[];
  /** Actions in their order, one word of each. No still shows two of them. */
  readonly steps?: readonly string[];
  /** In the last beat. */
  readonly ending?: string | undefined;
  /** In every still. */
  readonly style?: readonly string[];
  readonly music?: string;
  readonly notMusic?: string;
  /** Forbidden, asked or said in courtesy: in no beat. */
  readonly absent?: readonly string[];
}

export interface BriefCase extends PlanFacts {
  readonly name: string;
}

/** All briefs of this folder, by name. */
export async function readBriefCases(): Promise<BriefCase[]> {
  const folder = new URL('./', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const facts = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as PlanFacts;
      return { ...facts, name: file.replace('.json', '') };
    }),
  );
}

/** The complete brief of a case; nobody chose its template. */
export function briefOfCase({ brief }: PlanFacts, durationSeconds: number): Brief {
  return createBrief({ ...brief, durationSeconds });
}
