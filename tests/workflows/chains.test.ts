import { join } from 'node:path';

import { execa } from 'execa';

import { clipsOf } from '../support/at-the-host.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { meanDifference } from '../stand-in/media-measure.ts';
import { readManifest } from '../support/verify.ts';

const size = { width: 240, height: 240 };
let fleet: Fleet;

beforeAll(async () => {
  // These tests compare pictures, so the host draws them fully.
  fleet = await startFleet({ standIn: { drawing: 'full' } });
});
afterAll(() => fleet.close());

test('a follower starts from the last kept frame of the chunk before it', async () => {
  // hailuo-02 delivers 6 s, so a beat of 10 s takes two chunks, and 5 s of each are kept.
  const beats = [{ prompt: beatWords(0), durationSeconds: 10 as const }];
  const video = await fleet.startVideo(briefOf(1, { beats, durationSeconds: 10, music: { enabled: false } }));
  const result = await video.result();

  expect(result).toMatchObject({ beats: 1, stills: 1, chunks: 2, clips: 2 });
  const [first, second] = clipsOf(fleet.standIn);
  expect(second?.createdAtMs).toBeGreaterThanOrEqual(first?.finishedAtMs ?? Infinity);

  const { chunks, clips } = await readManifest(fleet, video.id);
  const [lastKept, lastDelivered, opening, start] = await Promise.all([
    readFrame(clips[0]?.key, 119),
    readFrame(chunks[0]?.key, 143),
    readFrame(chunks[1]?.key, 0),
    readFrame(chunks[0]?.key, 0),
  ]);
  const fromKept = psnr(lastKept, opening);
  expect(fromKept).toBeGreaterThan(30);
  // The clip moves: any other frame is further away.
  expect(fromKept).toBeGreaterThan(psnr(lastDelivered, opening) + 3);
  expect(fromKept).toBeGreaterThan(psnr(start, opening) + 3);

  // Where two chunks meet, colours do not jump: the pictures are as near as those before and after.
  const [before, after, next] = await Promise.all([
    readFrame(clips[0]?.key, 118),
    readFrame(clips[1]?.key, 0),
    readFrame(clips[1]?.key, 1),
  ]);
  const around = Math.max(meanDifference(before, lastKept), meanDifference(after, next));
  expect(meanDifference(lastKept, after)).toBeLessThan(2 * around + 1);
});

/** One frame of stored footage, small, as RGB bytes. */
async function readFrame(key = '', index: number): Promise<Buffer> {
  const { store } = fleet.dependencies;
  const path = join(fleet.folder, `${key.replaceAll('/', '_')}-${index}.mp4`);
  const { sizeBytes, sha256 } = await store.hashObject(key);
  await store.downloadToFile({ key, sizeBytes, sha256, contentType: 'video/mp4' }, path);
  const filter = `select=eq(n\\,${index}),scale=${size.width}:${size.height},format=rgb24`;
  const args = ['-v', 'error', '-i', path, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await execa(fleet.settings.tools.ffmpeg, args, {
    encoding: 'buffer',
    // A picture may end in the byte of a line feed.
    stripFinalNewline: false,
  });
  expect(stdout).toHaveLength(size.width * size.height * 3);
  return Buffer.from(stdout);
}

/** Peak signal-to-noise ratio in dB; above 30 two pictures show the same. */
function psnr(one: Buffer, other: Buffer): number {
  const squares = one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * one.length) / Math.max(1, squares));
}
