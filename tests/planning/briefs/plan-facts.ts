import { readdir, readFile } from 'node:fs/promises';

import type { Brief, Template } from '../../../domain/brief.ts';
import { createBrief } from '../support/create-brief.ts';

/** Words that a plan of a brief must and must not contain, in any case. */
export interface PlanFacts {
  readonly language: string;
  /** The template that the built-in planner should find. */
  readonly template: Template;
  readonly brief: Pick<Brief, 'prompt' | 'beats'>;
  /** The subject, named in every beat; absent where a person wrote the beats. */
  readonly subject?: string;
  /** Names, numbers and things; each must appear in a beat or a warning. */
  readonly facts: readonly string[];
  /** Actions in their order, one word of each. No still shows two of them. */
  readonly steps?: readonly string[];
  /** Words of the last beat. */
  readonly ending?: string | undefined;
  /** Words of every still. */
  readonly style?: readonly string[];
  readonly music?: string;
  readonly notMusic?: string;
  /** Forbidden, requesting or polite words, which no beat may contain. */
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

/** The complete brief of a case, without a template. */
export function briefOfCase({ brief }: PlanFacts, durationSeconds: number): Brief {
  return createBrief({ ...brief, durationSeconds });
}
