import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { readBrief } from '../../client/cli/read-brief.ts';
import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { checkBrief } from '../../domain/schemas/check-brief.ts';
import { maxBeats } from '../../domain/beat-count.ts';
import type { Brief } from '../../domain/brief.ts';
import { aspectRatios, templates } from '../../domain/brief.ts';
import { listBriefFields } from '../docs/describe-brief.ts';
import { createBrief } from './support/create-brief.ts';

const folder = new URL('../../examples/briefs/', import.meta.url);

async function readExamples(): Promise<readonly (readonly [name: string, brief: unknown])[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    names.map(async (name) => [name, JSON.parse(await readFile(new URL(name, folder), 'utf8'))] as const),
  );
}

test('every example is a good brief, and one that the command line reads', async () => {
  for (const [name, brief] of await readExamples()) {
    expect({ name, ...checkBrief(brief) }).toEqual({ name, ok: true, brief });
    const file = fileURLToPath(new URL(name, folder));
    expect(await readBrief({ brief: file, music: true })).toMatchObject({
      title: expect.any(String) as string,
    });
  }
});

test('the examples use every field of a brief, every template and every shape', async () => {
  const examples = (await readExamples()).map(([, brief]) => brief);
  const used = new Set(examples.flatMap((brief) => pathsOf(brief, '')));

  expect(
    listBriefFields()
      .map(({ path }) => path)
      .filter((path) => !used.has(path)),
  ).toEqual([]);
  const briefs = examples as Partial<Brief>[];
  expect(templates.filter((name) => !briefs.some(({ template }) => template === name))).toEqual([]);
  expect(aspectRatios.filter((shape) => !briefs.some(({ aspectRatio }) => aspectRatio === shape))).toEqual(
    [],
  );
});

test('every example becomes beats that fill its duration', async () => {
  for (const [name, brief] of await readExamples()) {
    const { beats } = draftStoryboard(createBrief(brief as Partial<Brief>));
    const seconds = beats.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);

    const { durationSeconds } = brief as Brief;
    expect({ name, seconds }).toEqual({ name, seconds: maxBeats(durationSeconds) * 5 });
  }
});

/** The fields that a value has, as the schema names them: `beats[].title`. */
function pathsOf(value: unknown, prefix: string): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => pathsOf(entry, `${prefix}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix === '' ? name : `${prefix}.${prefix === 'references' ? '<name>' : name}`;
    return [path, ...pathsOf(inner, path)];
  });
}
