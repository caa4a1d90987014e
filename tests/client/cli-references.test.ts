import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readBrief } from '../../client/cli/read-brief.ts';
import { uploadPictures } from '../../client/files/upload-pictures.ts';
import { png, sha256 } from '../storage/test-files.ts';
import { runCli } from './support/run-cli.ts';
import { useFileStore } from './support/use-file-store.ts';

const bench = useFileStore();

const asked = { prompt: 'Anna with the bottle', duration: '5', music: true };

test.each<[string, object]>([
  ['bottle=uploads/default/bottle.png', { bottle: { kind: 'product', image: 'uploads/default/bottle.png' } }],
  ['Anna:person=~/anna.jpg', { Anna: { kind: 'person', image: '~/anna.jpg' } }],
  [
    'gold leaf : style = https://pictures.invalid/gold.png?a=b:c',
    { 'gold leaf': { kind: 'style', image: 'https://pictures.invalid/gold.png?a=b:c' } },
  ],
])('--reference %s', async (option, references) => {
  expect(await readBrief({ ...asked, reference: [option] })).toMatchObject({ references });
});

test.each<[readonly string[], string, string, RegExp]>([
  [['bottle'], '--reference 1', '"bottle"', /^NAME=IMAGE or NAME:KIND=IMAGE, KIND one of product, person/],
  [['=./bottle.png'], '--reference 1', '"=./bottle.png"', /^NAME=IMAGE/],
  [['a=./a.png', 'bottle='], '--reference 2', '"bottle="', /^NAME=IMAGE/],
  [['a=./a.png', 'a:person=./b.png'], '--reference 2', '"a:person=./b.png"', /^a was named before/],
  [['bottle:vase=./a.png'], 'references.bottle.kind', '"vase"', /^one of product, person, place, style/],
  [['2nd=./a.png'], 'references', '"2nd"', /the first a letter/],
  [['bottle=ftp://a/b.png'], 'references.bottle.image', '"ftp:…"', /^https:/],
])('%j is refused with its field, its value and the rule', async (...[reference, field, value, rule]) => {
  await expect(readBrief({ ...asked, reference })).rejects.toMatchObject({
    code: 'InvalidBrief',
    problems: [{ field, value, rule: expect.stringMatching(rule) as unknown }],
  });
});

test('options add to the references of the file and go before those of the same name', async () => {
  await mkdir(join(bench.folder, 'film'), { recursive: true });
  await writeFile(join(bench.folder, 'film', 'sea.png'), png(90));
  const references = {
    sea: { image: './sea.png', kind: 'place', note: 'at dawn' },
    bottle: { image: 'uploads/default/old.png', kind: 'product' },
  };
  const file = join(bench.folder, 'film', 'brief.json');
  await writeFile(file, JSON.stringify({ prompt: 'The sea', durationSeconds: 5, references }));
  const bottle = join(bench.folder, 'bottle.png');
  await writeFile(bottle, png(110));

  const brief = await readBrief({
    brief: file,
    music: true,
    reference: [`bottle=${bottle}`, 'Anna:person=uploads/default/anna.png'],
  });

  expect(brief.references).toEqual({
    sea: { ...references.sea, image: join(bench.folder, 'film', 'sea.png') },
    bottle: { image: bottle, kind: 'product' },
    Anna: { image: 'uploads/default/anna.png', kind: 'person' },
  });
  const uploaded = await uploadPictures(bench.files, brief);
  const { sea, bottle: other } = uploaded.references ?? {};
  expect(sea?.image).toContain(`-${sha256(png(90))}.png`);
  expect(other?.image).toContain(`-${sha256(png(110))}.png`);
});

test('the command takes the option more than once, and names what it cannot read', async () => {
  const args = ['start', '--prompt', 'A bottle', '--duration', '5', '--reference', 'a=./a.png', '--json'];
  const run = await runCli({}, [...args, '--reference', 'bottle', '--reference', 'b']);

  expect(run.exitCode).toBe(2);
  expect(run.json()).toMatchObject({
    error: { code: 'InvalidBrief', problems: [{ field: '--reference 2' }, { field: '--reference 3' }] },
  });
});
