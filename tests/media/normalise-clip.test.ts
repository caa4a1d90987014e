import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';

import { noDamage } from '../../activities/media/damage/tolerated-damage.ts';
import { normaliseClip } from '../../activities/media/normalise-clip.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { frameSize } from '../../domain/frame-size.ts';
import { makeSource, type SourceOptions } from './support/footage.ts';
import { clipOf, normalise } from './support/normalise.ts';
import { useMediaBench } from './support/media-bench.ts';
import { findOnsets, readSamples } from './support/sound.ts';

const bench = useMediaBench();

const soundOf = (input: string) => input.replace(/\.\w+$/, '.sound.flac');

test('a clip has the format of the video, whatever the chunk had', async () => {
  const input = await makeSource(bench(), 'hailuo.mp4', {
    width: 1366,
    height: 768,
    rate: 25,
    seconds: 1.04,
  });
  const { tools } = bench();
  const output = clipOf(input);
  const request = {
    input,
    output,
    soundOutput: soundOf(input),
    frameCount: 24,
    aspectRatio: '16:9',
  } as const;
  const made = await normaliseClip(tools, request);
  expect(made).toEqual({ frameCount: 24, durationSeconds: 1, hasSound: false, damage: noDamage });
  const { streams } = await probeMedia(tools, output);
  expect(streams).toMatchObject([
    {
      ...{ codec: 'h264', profile: 'High', level: 40, width: 1920, height: 1080, pixelFormat: 'yuv420p' },
      ...{ sampleAspectRatio: '1:1', frameRate: 24, timeBase: '1/24000', frameCount: 24, durationSeconds: 1 },
      ...{ colorSpace: 'bt709', colorPrimaries: 'bt709', colorTransfer: 'bt709', colorRange: 'tv' },
    },
  ]);
  expect(streams).toHaveLength(1);
  expect(existsSync(soundOf(input))).toBe(false);
});

test.each([
  ['16:9', 1920, 1080],
  ['9:16', 1080, 1920],
  ['1:1', 1080, 1080],
] as const)('a %s video is %i by %i', async (aspectRatio, width, height) => {
  const input = await makeSource(bench(), `aspect-${width}-${height}.mp4`, { seconds: 0.25 });
  const files = { input, output: clipOf(input), soundOutput: soundOf(input) };
  await normaliseClip(bench().tools, { ...files, aspectRatio, frameCount: 6 });
  const { streams } = await probeMedia(bench().tools, clipOf(input));
  expect(streams).toMatchObject([{ width, height, sampleAspectRatio: '1:1', level: 40 }]);
});

test.each([
  ['16:9', 768, '1366x768'],
  ['9:16', 768, '768x1366'],
  ['1:1', 768, '768x768'],
  ['16:9', 480, '854x480'],
  ['9:16', 720, '720x1280'],
] as const)('a %s video of %i lines is %s', async (aspectRatio, shortSide, expected) => {
  const input = await makeSource(bench(), `size-${expected}.mp4`, { seconds: 0.25 });
  const files = { input, output: clipOf(input), soundOutput: soundOf(input) };
  const size = frameSize(shortSide, aspectRatio);
  await normaliseClip(bench().tools, { ...files, aspectRatio, size, frameCount: 6 });
  const { streams } = await probeMedia(bench().tools, clipOf(input));
  const [width, height] = expected.split('x').map(Number);
  expect(streams).toMatchObject([{ width, height, sampleAspectRatio: '1:1', level: 40 }]);
});

const rates: [string, SourceOptions][] = [
  ['16 fps', { rate: 16, args: ['-video_track_timescale', '16384'] }],
  ['25 fps', { rate: 25, args: ['-video_track_timescale', '12800'] }],
  ['29.97 fps', { rate: '30000/1001', seconds: 1.01 }],
  ['60 fps', { rate: 60 }],
  ['variable rate', { rate: 30, args: ['-vf', "select='not(eq(mod(n,7),3))'", '-fps_mode', 'vfr'] }],
  ['WebM with its milliseconds', { args: ['-c:v', 'libvpx', '-f', 'webm'] }],
  ['Matroska', { args: ['-f', 'matroska'] }],
  ['full range', { args: ['-vf', 'scale=out_range=pc', '-pix_fmt', 'yuvj420p'] }],
  ['ten bits', { args: ['-pix_fmt', 'yuv420p10le'] }],
  ['a first picture that is late', { args: ['-output_ts_offset', '1.3'] }],
];

test.each(rates)(
  'a chunk at %s gives exactly the frames asked for, one of every 1000 ticks',
  async (name, options) => {
    const input = await makeSource(bench(), `${name.replaceAll(' ', '-')}.mp4`, options);
    await normalise(bench(), input);
    const listing = await bench().read('-i', clipOf(input), '-c', 'copy', '-f', 'framecrc', 'pipe:1');
    const times = [...listing.toString().matchAll(/^0, *-?\d+, *(-?\d+), *(\d+)/gm)].map((row) => [
      row[1],
      row[2],
    ]);
    const inOrder = times.sort((a, b) => Number(a[0]) - Number(b[0]));
    expect(inOrder).toEqual(Array.from({ length: 24 }, (_, frame) => [String(frame * 1000), '1000']));
  },
);

test('a longer chunk is trimmed', async () => {
  const input = await makeSource(bench(), 'long.mp4', { seconds: 3, beepAt: 0.5 });
  const made = await normalise(bench(), input, { frameCount: 30 });
  expect(made).toEqual({ frameCount: 30, durationSeconds: 1.25, hasSound: true, damage: noDamage });
});

test('a chunk that came a quarter of a second short is held on its last frame', async () => {
  const input = await makeSource(bench(), 'short.mp4', { seconds: 0.75 });
  await expect(normalise(bench(), input)).resolves.toMatchObject({ frameCount: 24 });
});

test('a chunk that came shorter than that is refused with both lengths, and leaves nothing behind', async () => {
  const input = await makeSource(bench(), 'shorter.mp4', { seconds: 0.7, beepAt: 0.1 });
  await expect(normalise(bench(), input)).rejects.toMatchObject({
    type: 'ClipTooShort',
    message: expect.stringMatching(
      /shorter\.mp4: it lasts 0\.708 s \(17 frames .*1\.000 s \(24 frames\) are needed/,
    ) as string,
  });
  const left = await readdir(bench().folder);
  expect(left.filter((name) => name.startsWith('shorter'))).toEqual(['shorter.mp4']);
  expect(left.filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a chunk whose body was cut off is refused', async () => {
  const input = await makeSource(bench(), 'whole.mp4', { seconds: 2, args: ['-movflags', '+faststart'] });
  const bytes = await readFile(input);
  const part = bench().path('part.mp4');
  await writeFile(part, bytes.subarray(0, bytes.length * 0.6));
  await expect(normalise(bench(), part, { frameCount: 48 })).rejects.toMatchObject({
    type: 'ClipTooShort',
  });
});

test('the same chunk gives the same bytes', async () => {
  const input = await makeSource(bench(), 'twice.mp4', { beepAt: 0.2 });
  await normalise(bench(), input);
  const first = [await readFile(clipOf(input)), await readFile(soundOf(input))];
  await normalise(bench(), input);
  const second = [await readFile(clipOf(input)), await readFile(soundOf(input))];
  expect(first.map((bytes, index) => bytes.equals(second[index]!))).toEqual([true, true]);
});

const soundOffsets: [string, readonly string[], number][] = [
  ['starts with it', [], 0.5],
  ['starts 0.3 s later', ['-itsoffset', '0.3'], 0.8],
  ['starts 0.3 s earlier', ['-itsoffset', '-0.3'], 0.2],
];

test.each(soundOffsets)('sound that %s keeps its distance to the picture', async (name, offset, heardAt) => {
  const silent = await makeSource(bench(), 'silent.mp4', { seconds: 2 });
  const beeping = await makeSource(bench(), 'beeping.mp4', { seconds: 2, beepAt: 0.5 });
  const input = await bench().make(
    `${name.replaceAll(' ', '-')}.mkv`,
    ...['-i', silent, ...offset, '-i', beeping, '-map', '0:v', '-map', '1:a', '-c', 'copy'],
  );
  await normalise(bench(), input, { frameCount: 36 });
  const samples = await readSamples(bench(), soundOf(input));
  expect(samples).toHaveLength(36 * 2_000);
  const [onset] = findOnsets(samples);
  expect(Math.abs(onset! - heardAt)).toBeLessThan(0.005);
});

test('sound that ends early or has one channel is brought to length and to stereo', async () => {
  const input = await makeSource(bench(), 'mono.mp4', {
    seconds: 2,
    beepAt: 0.5,
    args: ['-ac', '1', '-t', '2'],
  });
  const short = await bench().make(
    'ends-early.mp4',
    ...[
      '-i',
      input,
      '-filter_complex',
      '[0:a]atrim=end=0.7[a]',
      '-map',
      '0:v',
      '-map',
      '[a]',
      '-c:v',
      'copy',
    ],
  );
  await normalise(bench(), short, { frameCount: 48 });
  const { streams, durationSeconds } = await probeMedia(bench().tools, soundOf(short));
  expect(durationSeconds).toBe(2);
  expect(streams).toMatchObject([{ codec: 'flac', sampleRate: 48_000, channels: 2 }]);
});
