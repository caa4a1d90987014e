import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BeatreelClient, Edit } from '../../client/index.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { boughtBy, type RevisionBench, startRevisionBench } from '../support/revision-bench.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { drawPng } from '../support/picture-files.ts';
import { until } from '../support/until.ts';

let bench: RevisionBench;
let fleet: Fleet;
let client: BeatreelClient;

beforeAll(async () => {
  bench = await startRevisionBench();
  ({ fleet, client } = bench);
});
afterEach(() => fleet.reset());
afterAll(() => bench.close());

test('a refused still is asked for in other words, which a later change keeps', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { promptIncludes: beatWords(1) }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(briefOf(2, { music: { enabled: false } }));
  await video.whenStatus('parked');
  await expect(client.retry(video.id, { beat: 1, prompt: 'x' })).rejects.toMatchObject({
    code: 'NotRetryable',
    message: expect.stringContaining('No failed unit matches; failed are still-b2.') as unknown,
  });

  expect(await client.retry(video.id, { beat: 2, prompt: 'A gull' })).toEqual({ units: ['still-b2'] });
  await client.wait(video.id);

  // The refused order counts as a create, too.
  expect(bench.creates()).toBe(5);
  await bench.change(video, [{ op: 'title', title: 'The gull' }]);
  expect(bench.creates()).toBe(5);
  expect((await bench.manifestOf(video, 3)).stills.map(({ prompt }) => prompt)).toEqual([
    beatWords(0),
    'A gull',
  ]);
});

test('a refused chunk is asked for in other words, and the chunk before it is kept', async () => {
  const { control } = fleet.standIn;
  const beats = [{ prompt: beatWords(0), durationSeconds: 10 }] as const;
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo(
    briefOf(2, { music: { enabled: false }, beats: [...beats], durationSeconds: 10 }),
  );
  await control.waitFor({ held: 1 });
  control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'refuse' } }]);
  control.release();
  await video.whenStatus('parked');
  control.setFaults([]);

  await client.retry(video.id, { prompt: 'The lamp swings.' });
  await client.wait(video.id);

  expect(control.counters().createsByKind).toEqual({ still: 1, clip: 3, score: 0 });
  const { chunks } = await bench.manifestOf(video, 2);
  // The chunk is kept only for these words; a new still is filmed anew.
  const plan = await client.planRevision(video.id, [{ op: 'words', beat: 1, still: 'A gull' }]);
  expect(boughtBy(plan)).toEqual(['still-b1', 'chunk-b1-1', 'chunk-b1-2']);
  expect(chunks.map(({ prompt }) => prompt)).toEqual([expect.stringContaining('lamp'), 'The lamp swings.']);
});

test('each revision is read for itself, and the newest whole one by default, also while another is made', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();
  await bench.change(video, [{ op: 'title', title: 'The keeper' }]);
  fleet.standIn.control.setBarrier({ kind: 'still' });
  await client.revise(video.id, [{ op: 'reroll', unit: 'still-b1' }]);
  await fleet.standIn.control.waitFor({ held: 1 });

  const keyOf = async (revision?: number) =>
    (await client.result(video.id, revision === undefined ? {} : { revision })).manifest.key;
  await until(async () => (await keyOf(1)).endsWith('-r1.json'), { what: 'the first run in the listing' });
  expect(await keyOf()).toMatch(/-r2\.json$/);
  await expect(keyOf(3)).rejects.toMatchObject({ code: 'VideoNotFound' });
  expect(await client.manifest(video.id, { revision: 1 })).toMatchObject({ revision: 1, title: 'The lamp' });
  expect(await client.verify(video.id, { revision: 1 })).toMatchObject({ ok: true, manifestProven: true });
  expect(await client.verify(video.id)).toMatchObject({
    ok: true,
    manifestProven: true,
    manifestKey: `videos/${video.id}/manifest-r2.json`,
  });
  const saved = await client.download(video.id, fleet.folder, { revision: 1 });
  expect(saved).toMatchObject({ manifestProven: true });
  const url = await client.videoUrl(video.id, { revision: 2 });
  expect((await fetch(url.url)).status).toBe(200);
  fleet.standIn.control.release();
  await video.result();
});

test('a picture of this machine stands in place of a still, and its file is the bytes that were given', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();
  const path = join(fleet.folder, 'own.png');
  const png = drawPng({ width: 96, height: 96 });
  await writeFile(path, png);
  const edits: Edit[] = [{ op: 'picture', beat: 1, image: path }];

  await expect(client.planRevision(video.id, edits)).rejects.toMatchObject({ code: 'NotAccepted' });
  await expect(
    client.revise(video.id, [{ op: 'picture', beat: 1, image: `${path}.gone` }], { allowLocalFiles: true }),
  ).rejects.toMatchObject({
    code: 'NotAccepted',
    message: expect.stringContaining('edits[0].image') as unknown,
  });
  const plan = await client.planRevision(video.id, edits, { allowLocalFiles: true });
  expect(boughtBy(plan)).toEqual(['chunk-b1-1']);
  await client.revise(video.id, edits, { allowLocalFiles: true, accept: plan.plan.digest });
  await video.result();

  expect(bench.creates()).toBe(3);
  const [still] = (await bench.manifestOf(video, 2)).stills;
  expect(still?.key).toMatch(new RegExp(`^videos/${video.id}/`));
  expect(still?.sizeBytes).toBeGreaterThan(0);
});
