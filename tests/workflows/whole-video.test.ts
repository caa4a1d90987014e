import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { probeMedia } from '../../activities/media/probe.ts';
import type { VideoResult } from '../../domain/progress.ts';
import { clipsOf } from '../support/at-the-host.ts';
import { beatOf, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { readManifest, verify } from '../support/verify.ts';
import type { Video } from '../support/video.ts';

const beatCount = 7;
let fleet: Fleet;
let video: Video;
let result: VideoResult;

beforeAll(async () => {
  fleet = await startFleet();
  const { control } = fleet.standIn;
  // The host ends each group of three in reverse order.
  control.setLatency(({ kind, input }) => (kind === 'clip' ? 0.9 - 0.1 * beatOf(input['prompt']) : 0.3));
  control.setBarrier({ kind: 'clip', count: 3 });
  video = await fleet.startVideo(briefOf(beatCount));
  result = await video.result();
});
afterAll(() => fleet.close());

test('a video of seven beats has as many stills, chunks and clips', () => {
  expect(result).toMatchObject({
    status: 'succeeded',
    beats: 7,
    stills: 7,
    chunks: 7,
    clips: 7,
    durationSeconds: 35,
  });
});

test('three of seven chunks are at the host at once and never more', () => {
  expect(fleet.standIn.control.counters().maxInFlight.clip).toBe(3);
});

test('no clip is bought before every still is there', () => {
  const { predictions } = fleet.standIn.control.counters();
  const lastStill = Math.max(
    ...predictions.filter(({ kind }) => kind === 'still').map(({ finishedAtMs = 0 }) => finishedAtMs),
  );
  expect(Math.min(...clipsOf(fleet.standIn).map(({ createdAtMs }) => createdAtMs))).toBeGreaterThanOrEqual(
    lastStill,
  );
});

test('the score is bought beside the chunks', () => {
  const score = fleet.standIn.control.counters().predictions.find(({ kind }) => kind === 'score');
  const lastClip = Math.max(...clipsOf(fleet.standIn).map(({ createdAtMs }) => createdAtMs));
  expect(score?.createdAtMs).toBeLessThan(lastClip);
});

test('stills, chunks and clips stand in the order of the story although the host ended in another', async () => {
  const ended = clipsOf(fleet.standIn).toSorted((a, b) => (a.finishedAtMs ?? 0) - (b.finishedAtMs ?? 0));
  const order = ended.map(({ input }) => beatOf(input['prompt']));
  expect(order).not.toEqual(order.toSorted((a, b) => a - b));

  const { stills, chunks, clips } = await readManifest(fleet, video.id);
  for (const entries of [stills, chunks]) {
    expect(entries.map(({ prompt }) => beatOf(prompt))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
  expect(clips.map(({ beat, chunk }) => [beat, chunk])).toEqual(
    chunks.map(({ beat, chunk }) => [beat, chunk]),
  );
});

test('every phase leaves an output with its times, its cost and its units', () => {
  expect(result.phases.map(({ phase, status }) => [phase, status])).toEqual([
    ['plan', 'succeeded'],
    ['storyboard', 'succeeded'],
    ['chunks', 'succeeded'],
    ['stitch', 'succeeded'],
    ['music', 'succeeded'],
  ]);
  for (const { startedAt = '', endedAt = '', units } of result.phases) {
    expect(Date.parse(endedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
    expect(units.every(({ status }) => status === 'succeeded')).toBe(true);
  }
  expect(result.phases.map(({ costUsd }) => costUsd)).toEqual([0, 0.021, 3.15, 0, 0.2]);
  expect(result.costUsd).toBe(3.371);
});

test('the file is as long as the brief asked, to the frame, with picture and sound', async () => {
  const path = join(fleet.folder, 'video.mp4');
  await fleet.dependencies.store.downloadToFile(result.video, path);
  const { size } = await stat(path);
  expect(size).toBe(result.video.sizeBytes);
  const { streams } = await probeMedia(fleet.settings.tools, path);
  expect(streams).toMatchObject([
    { type: 'video', codec: 'h264', frameCount: 35 * 24, width: 768, height: 768 },
    { type: 'audio', codec: 'aac' },
  ]);
});

test('the manifest proves every file', async () => {
  expect(await verify(fleet, video.id)).toMatchObject({
    ok: true,
    status: 'succeeded',
    counts: { beats: 7, stills: 7, plannedChunks: 7, chunks: 7, clips: 7 },
    problems: [],
  });
});

test('the history stays within 18 events a prediction and 6 a step of our own', async () => {
  const { events } = await video.handle.fetchHistory();
  const predictions = 2 * beatCount + 1;
  // Accepting, planning, a clip each, the score, the cut, the video, the manifest; and updates of the phase.
  const steps = 2 + beatCount + 4;
  expect(events?.length).toBeLessThanOrEqual(18 * predictions + 6 * steps + 10);
});
