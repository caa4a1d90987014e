import { readdir, readFile } from 'node:fs/promises';

import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { checkBrief } from '../../workflows/contract/check-brief.ts';
import type { Brief } from '../../workflows/domain/brief.ts';
import { createBrief } from './support/create-brief.ts';

const folder = new URL('../../examples/briefs/', import.meta.url);

async function readExample(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8'));
}

test('every example is a good brief', async () => {
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThanOrEqual(3);

  for (const name of names) {
    const brief = await readExample(name);
    expect({ name, ...checkBrief(brief) }).toEqual({ name, ok: true, brief });
  }
});

test.each([
  { name: 'product-showcase.json', asks: { durationSeconds: 15, aspectRatio: '16:9' }, beats: 3 },
  { name: 'lifestyle-ad.json', asks: { durationSeconds: 20, aspectRatio: '9:16' }, beats: 4 },
  { name: 'announcement.json', asks: { durationSeconds: 30, aspectRatio: '1:1' }, beats: 6 },
])('the example $name becomes $beats beats', async ({ name, asks, beats }) => {
  const example = (await readExample(name)) as Partial<Brief>;
  expect(example).toMatchObject(asks);

  expect(draftStoryboard(createBrief(example)).beats).toHaveLength(beats);
});
