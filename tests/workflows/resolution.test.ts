import { join } from 'node:path';

import { probeMedia } from '../../activities/media/probe.ts';
import { BeatreelClient } from '../../client/index.ts';
import { briefOf } from '../support/briefs.ts';
import { startFleet, type Fleet } from '../support/start-fleet.ts';
import type { Video } from '../support/video.ts';

let fleet: Fleet;
let client: BeatreelClient;

beforeAll(async () => {
  fleet = await startFleet();
  client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    s3: fleet.settings.s3,
    taskQueue: fleet.taskQueue,
  });
});
afterAll(async () => {
  await client.close();
  await fleet.close();
});

test('a video is as large as its footage; another size is made of the same purchases', async () => {
  const video = await fleet.startVideo(briefOf(1, { aspectRatio: '16:9', music: { enabled: false } }));
  await video.result();
  expect(await sizeOf(video)).toBe('1366x768');
  const { creates } = fleet.standIn.control.counters();

  const { plan } = await client.revise(video.id, [{ op: 'resolution', resolution: '720p' }]);
  expect(await sizeOf(video)).toBe('1280x720');

  expect(plan).toMatchObject({ highestUsd: 0, remade: ['clip-b1-1', 'cut', 'video'] });
  expect(fleet.standIn.control.counters().creates).toBe(creates);
});

test('a brief that asks for a size gets it', async () => {
  const brief = briefOf(1, { aspectRatio: '9:16', resolution: '720p', music: { enabled: false } });
  const video = await fleet.startVideo(brief);

  expect(await sizeOf(video)).toBe('720x1280');
});

/** The frame size of the finished video, measured by ffprobe. */
async function sizeOf(video: Video): Promise<string> {
  const { video: file } = await video.result();
  const path = join(fleet.folder, 'video.mp4');
  await fleet.dependencies.store.downloadToFile(file, path);
  const { streams } = await probeMedia(fleet.settings.tools, path);
  return streams
    .flatMap((stream) => (stream.type === 'video' ? `${stream.width}x${stream.height}` : []))
    .join();
}
