import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

import { joinClips } from '../../activities/media/join-clips.ts';
import { normaliseClip } from '../../activities/media/normalise-clip.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { makeSource, smallSize, type SourceOptions } from './support/footage.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

async function makeClip(name: string, options: SourceOptions = {}, frameCount = 24): Promise<string> {
  const input = await makeSource(bench(), `${name}.source.mp4`, { seconds: frameCount / 24, ...options });
  const { tools, path } = bench();
  const output = path(`${name}.mp4`);
  const soundOutput = path(`${name}.flac`);
  await normaliseClip(tools, {
    input,
    output,
    soundOutput,
    frameCount,
    aspectRatio: '16:9',
    size: smallSize,
  });
  return output;
}

test('clips of chunks that had nothing in common are joined without a gap or a lost frame', async () => {
  const { tools, path } = bench();
  const inputs = [
    await makeClip(
      'hailuo',
      { width: 1366, height: 768, rate: 25, args: ['-video_track_timescale', '12800'] },
      30,
    ),
    await makeClip(
      'wan',
      { width: 832, height: 480, rate: 16, args: ['-video_track_timescale', '16384'] },
      7,
    ),
    await makeClip('veo', { width: 1280, height: 720, rate: 24, beepAt: 0.2 }, 25),
  ];
  const output = path('mixed.mp4');
  await joinClips(tools, { inputs, output, expectedFrames: 62 });
  const { streams } = await probeMedia(tools, output);
  expect(streams).toMatchObject([{ type: 'video', frameCount: 62, frameRate: 24, timeBase: '1/24000' }]);
  const listing = await bench().read('-i', output, '-c', 'copy', '-f', 'framecrc', 'pipe:1');
  const times = [...listing.toString().matchAll(/^0, *-?\d+, *(-?\d+),/gm)].map((row) => Number(row[1]));
  expect(times.sort((a, b) => a - b)).toEqual(Array.from({ length: 62 }, (_, frame) => frame * 1_000));
});

test('every frame of the cut is the frame of its clip', async () => {
  const { tools, path, read } = bench();
  const inputs = [await makeClip('one', {}, 13), await makeClip('two', { rate: 30 }, 20)];
  const output = path('hashed.mp4');
  await joinClips(tools, { inputs, output, expectedFrames: 33 });
  const hashes = async (file: string) => {
    const listing = await read('-i', file, '-f', 'framemd5', 'pipe:1');
    return [...listing.toString().matchAll(/^0,.*, (\w{32})$/gm)].map((row) => row[1]);
  };
  expect(await hashes(output)).toEqual([...(await hashes(inputs[0]!)), ...(await hashes(inputs[1]!))]);
});

test('one clip alone is a cut', async () => {
  const { tools, path } = bench();
  const output = path('single.mp4');
  await joinClips(tools, { inputs: [await makeClip('alone')], output, expectedFrames: 24 });
  const { durationSeconds } = await probeMedia(tools, output);
  expect(durationSeconds).toBe(1);
});

test.each<[string, readonly string[], RegExp]>([
  ['another size', ['-vf', 'scale=96:54'], /has width 96, clip 1 has 192/],
  ['another rate', ['-r', '25'], /has frameRate 25, clip 1 has 24/],
  ['another time base', ['-c:v', 'copy', '-video_track_timescale', '12288'], /has timeBase 1\/12288/],
  ['another codec', ['-c:v', 'mpeg4'], /has codec mpeg4/],
  [
    'other encoder settings',
    ['-level', '4.0', '-refs', '7', '-video_track_timescale', '24000'],
    /has extradataHash/,
  ],
  ['a sound track', ['-f', 'lavfi', '-i', 'sine=d=1', '-c:v', 'copy'], /has 2 tracks/],
])('a clip with %s is named by its place', async (name, args, oddity) => {
  const { tools, path, make } = bench();
  const good = existsSync(path('good.mp4')) ? path('good.mp4') : await makeClip('good');
  const odd = await make(`${name.replaceAll(' ', '-')}.mp4`, '-i', good, ...args);
  const output = path('refused.mp4');
  const joined = joinClips(tools, { inputs: [good, good, odd], output, expectedFrames: 72 });
  await expect(joined).rejects.toMatchObject({ type: 'MediaToolFailed', details: { clip: 3 } });
  await expect(joined).rejects.toThrow(/clip 3 of 3/);
  await expect(joined).rejects.toThrow(oddity);
  expect(existsSync(output)).toBe(false);
});

test('a cut with more or fewer frames than were planned is refused with both counts', async () => {
  const { tools, path, folder } = bench();
  const clip = await makeClip('counted');
  const joined = joinClips(tools, {
    inputs: [clip, clip],
    output: path('miscounted.mp4'),
    expectedFrames: 49,
  });
  await expect(joined).rejects.toThrow(/has 48 frames, .* expected 49 frames/);
  expect(existsSync(path('miscounted.mp4'))).toBe(false);
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('no clips at all are refused', async () => {
  const { tools, path } = bench();
  await expect(
    joinClips(tools, { inputs: [], output: path('none.mp4'), expectedFrames: 0 }),
  ).rejects.toMatchObject({
    type: 'InvalidRequest',
  });
});
