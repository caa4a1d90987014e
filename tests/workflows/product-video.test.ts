import { join } from 'node:path';

import { probeMedia } from '../../activities/media/probe.ts';
import type { VideoResult } from '../../domain/progress.ts';
import { clipsOf } from '../support/at-the-host.ts';
import { briefOf } from '../support/briefs.ts';
import { drawPng, exif } from '../support/picture-files.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { verify } from '../support/verify.ts';

const durationSeconds = 12.5;
let fleet: Fleet;
let result: VideoResult;
let warnings: readonly string[] | undefined;
let path: string;

/** Makes a video with a sideways product picture by key, footage with sound, and a length not divisible by five. */
beforeAll(async () => {
  fleet = await startFleet();
  const picture = drawPng({ width: 400, height: 320, chunks: [['eXIf', exif(6)]] });
  const { store } = fleet.dependencies;
  const { key } = await store.putBytes('uploads/default/product.png', picture, { contentType: 'image/png' });
  const models = { clip: 'veo-3.1' };
  const brief = briefOf(3, { durationSeconds, aspectRatio: '9:16', productImage: key, models });
  const video = await fleet.startVideo(brief);
  result = await video.result();
  ({ warnings } = await video.progress());
  path = join(fleet.folder, 'video.mp4');
  await store.downloadToFile(result.video, path);
});
afterAll(() => fleet.close());

test('the picture of the product goes to a model that can look at it', () => {
  const { predictions } = fleet.standIn.control.counters();
  const stills = predictions.filter(({ kind }) => kind === 'still');
  expect(stills).toHaveLength(3);
  for (const { model, input } of stills) {
    expect(model).toBe('black-forest-labs/flux-kontext-pro');
    expect(String(input['input_image'])).toContain('/v1/files/');
  }
});

test('findings in the picture of the product are a warning of the video', () => {
  expect(warnings).toContain(
    'productImage: the picture was looked at; turned upright, as its EXIF data says.',
  );
});

test('the last beat is trimmed to the length asked for, to the frame', async () => {
  const { streams, durationSeconds: measured } = await probeMedia(fleet.settings.tools, path);
  expect(streams).toMatchObject([
    { type: 'video', frameCount: durationSeconds * 24, width: 720, height: 1280 },
    { type: 'audio' },
  ]);
  expect(Math.abs(measured - durationSeconds)).toBeLessThanOrEqual(1 / 24);
  expect(clipsOf(fleet.standIn)).toHaveLength(3);
});

test('the sound of the footage is kept, each clip’s own as long as the clip', async () => {
  const { store } = fleet.dependencies;
  const lengths: number[] = [];
  for await (const { key } of store.list(`videos/${result.videoId}/clips/`)) {
    if (!key.endsWith('.flac')) continue;
    const sound = join(fleet.folder, 'sound.flac');
    await store.downloadToFile({ key, ...(await store.hashObject(key)), contentType: 'audio/flac' }, sound);
    const { durationSeconds: seconds } = await probeMedia(fleet.settings.tools, sound);
    lengths.push(seconds);
  }
  expect(lengths).toEqual([5, 5, 2.5]);
});

test('every file of it is proved', async () => {
  expect(await verify(fleet, result.videoId)).toMatchObject({ ok: true, problems: [] });
});
