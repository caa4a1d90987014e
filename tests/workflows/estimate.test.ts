import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { BeatreelClient } from '../../client/index.ts';
import type { Revision } from '../../domain/revision.ts';
import type { PlannedBeat } from '../../domain/estimate.ts';
import type { Beat } from '../../domain/storyboard.ts';
import { png } from '../storage/test-files.ts';
import { briefOf } from '../support/briefs.ts';
import { startFleet, type Fleet } from '../support/start-fleet.ts';

let fleet: Fleet;
let client: BeatreelClient;

beforeAll(async () => {
  fleet = await startFleet();
  client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    taskQueue: fleet.taskQueue,
  });
});
afterAll(async () => {
  await client.close();
  await fleet.close();
});

test('an estimate names beats, units and prices of every phase, and buys and keeps nothing', async () => {
  const videoId = `estimated-${randomUUID().slice(0, 8)}`;

  const estimate = await client.estimate(
    briefOf(3, { models: { clip: 'veo-3.1-fast' }, aspectRatio: '9:16' }),
    {
      videoId,
    },
  );

  expect(estimate).toMatchObject({ videoId, durationSeconds: 15, plannedBy: 'brief' });
  expect(estimate.beats.map(({ startSeconds, chunks }) => [startSeconds, chunks])).toEqual([
    [0, 1],
    [5, 1],
    [10, 1],
  ]);
  expect(estimate.phases).toEqual([
    { phase: 'storyboard', model: 'flux-schnell', units: 3, unitUsd: 0.003, costUsd: 0.009 },
    { phase: 'chunks', model: 'veo-3.1-fast', units: 3, unitUsd: 1.2, costUsd: 3.6 },
    { phase: 'music', model: 'stable-audio-2.5', units: 1, unitUsd: 0.2, costUsd: 0.2 },
  ]);
  expect(estimate.highestUsd).toBe(3.809);
  expect(await keysOf(videoId)).toEqual([]);
  expect(fleet.standIn.control.counters().createRequests).toBe(0);
});

test('a video that is started under the id of an estimate has its storyboard', async () => {
  const brief = { prompt: 'A lamp that remembers the light of the day', durationSeconds: 47.5 };
  const estimate = await client.estimate(brief);
  fleet.standIn.control.setBarrier({ kind: 'still' });

  const video = await fleet.startVideo(brief, estimate.videoId);
  await video.when('planned', ({ phase }) => phase === 'storyboard');

  const key = `videos/${estimate.videoId}/storyboard-r1.json`;
  const { storyboard } = (await fleet.dependencies.store.getJson(key))?.value as Revision;
  const shown = ({ stillPrompt, motionPrompt, startSeconds }: PlannedBeat | Beat) => [
    stillPrompt,
    motionPrompt,
    startSeconds,
  ];
  expect(storyboard.beats.map(shown)).toEqual(estimate.beats.map(shown));
  expect(storyboard.estimateUsd).toBe(estimate.highestUsd);
  await fleet.reset();
});

test('a picture of the product decides on the model, and is neither fetched nor uploaded', async () => {
  const local = join(fleet.folder, 'lamp.png');
  await writeFile(local, png(100));
  for (const [productImage, reference = productImage] of [
    ['https://key:secret@pictures.invalid/lamp.png?signature=secret', 'https://pictures.invalid/lamp.png'],
    [local],
    ['uploads/default/none.png'],
  ] as const) {
    const { phases, beats } = await client.estimate(briefOf(1, { productImage }), {
      allowLocalFiles: true,
    });

    expect(phases[0]).toMatchObject({ phase: 'storyboard', model: 'flux-kontext-pro' });
    expect(beats.map(({ references }) => references)).toEqual([[reference]]);
  }
});

test('a video without music is priced without, and one that is truncated by what is kept', async () => {
  const estimate = await client.estimate(briefOf(10, { durationSeconds: 15, music: { enabled: false } }));

  expect(estimate.phases.map(({ phase, units }) => [phase, units])).toEqual([
    ['storyboard', 3],
    ['chunks', 3],
  ]);
  expect(estimate.truncation).toEqual({ originalCount: 10, truncatedCount: 3 });
});

test('an estimate asks no language model, adds its highest price, and says that its beats may differ', async () => {
  const brief = { prompt: 'A lamp', durationSeconds: 15, music: { enabled: false } };
  const free = await client.estimate(brief);
  const planned = await client.estimate({ ...brief, models: { planner: 'gpt-5-mini' } });

  expect(planned).toMatchObject({ plannedBy: 'gpt-5-mini', beatsMayDiffer: true });
  expect(planned.beats).toHaveLength(free.beats.length);
  expect(planned.phases).toEqual([
    { phase: 'plan', model: 'gpt-5-mini', units: 1, unitUsd: 0.1, costUsd: 0.1 },
    ...free.phases,
  ]);
  expect(planned.highestUsd).toBeCloseTo(free.highestUsd + 0.1, 6);
  expect(free).not.toHaveProperty('beatsMayDiffer');
  expect(fleet.standIn.control.counters().chats).toEqual([]);
});

test('a brief that the workers refuse is refused with every problem', async () => {
  const estimating = client.estimate(briefOf(1, { models: { still: 'no-such', clip: 'neither' } }));

  await expect(estimating).rejects.toMatchObject({
    code: 'InvalidBrief',
    problems: [{ field: 'models.still' }, { field: 'models.clip' }],
  });
});

test('an estimate that no worker answers says on which queue one is missing', async () => {
  const lonely = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    taskQueue: `nobody-${randomUUID().slice(0, 8)}-orchestrator`,
  });
  try {
    await expect(lonely.estimate(briefOf(1), { timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'NoEstimate',
      message: expect.stringMatching(/task queue nobody-.* within 1 s.*npm run worker/) as unknown,
    });
  } finally {
    await lonely.close();
  }
});

async function keysOf(videoId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of fleet.dependencies.store.list(`videos/${videoId}/`)) keys.push(key);
  return keys;
}
