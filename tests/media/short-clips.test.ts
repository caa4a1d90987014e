import { chooseStretch } from '../../activities/media/footage/kept-frames.ts';
import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { lossless, makeSource, psnr, readFrames, smallSize } from './support/footage.ts';
import { useMediaBench } from './support/media-bench.ts';
import { clipOf, normalise } from './support/normalise.ts';
import { withoutZscale } from './support/without-zscale.ts';

const bench = useMediaBench();

test.each([
  ['hold', 60, 84, { fromFrame: 36, factor: 47 / 23 }],
  ['hold', 60, 85, undefined],
  ['hold', 12, 24, { fromFrame: 0, factor: 23 / 11 }],
  ['slow', 96, 120, { fromFrame: 0, factor: 119 / 95 }],
  ['slow', 96, 121, undefined],
  ['refuse', 23, 24, undefined],
  ['hold', 1, 24, undefined],
] as const)('%s makes %i frames into %i', (...[policy, foundFrames, frameCount, stretch]) => {
  expect(chooseStretch(policy, { foundFrames, frameCount })).toEqual(stretch);
});

test('footage that came 0.7 s short is held: whole at first, its last second in slow motion', async () => {
  const input = await makeSource(bench(), 'held.mp4', { seconds: 2, args: lossless });
  // 2 s of 2.7 s.
  const made = await normalise(bench(), input, { frameCount: 65, shortClips: 'hold' });

  expect(made).toMatchObject({
    frameCount: 65,
    stretched: 'it came 0.708 s too short (2.000 s of 2.708 s): its last second is in slow motion.',
  });
  const shown = await likest(input);
  expect(shown).toHaveLength(65);
  expect(shown.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, at) => at));
  expect(shown).toEqual(shown.toSorted((one, other) => one - other));
  expect(shown.at(-1)).toBe(47);
  // The picture never halts: no frame is shown more than twice.
  for (const frame of new Set(shown)) expect(shown.filter((other) => other === frame).length).toBeLessThan(3);
});

test('footage that is slowed keeps all its frames, evenly, and its sound stays with the picture', async () => {
  const input = await makeSource(bench(), 'slowed.mp4', { seconds: 2, beepAt: 1.5, args: lossless });
  const made = await normalise(bench(), input, { frameCount: 58, shortClips: 'slow' });

  expect(made.stretched).toMatch(/0\.417 s too short .*: it is played slower\.$/);
  const shown = await likest(input);
  expect(shown).toHaveLength(58);
  expect(new Set(shown).size).toBe(48);
  const sound = `${input.replace('.mp4', '')}.sound.flac`;
  const { durationSeconds } = await probeMedia(bench().tools, sound);
  expect(durationSeconds).toBeCloseTo(58 / 24, 3);
  const silences = await bench().log('-i', sound, '-af', 'silencedetect=n=-30dB:d=0.2', '-f', 'null', '-');
  const beepAt = Number(/silence_end: ([\d.]+)/.exec(silences)?.[1]);
  expect(beepAt).toBeGreaterThan(1.7);
  expect(beepAt).toBeLessThan(1.9);
});

test.each([
  ['refuse', 40],
  ['hold', 74],
  ['slow', 40],
] as const)(
  'footage that is too short for %s is refused with both lengths',
  async (shortClips, frameCount) => {
    const input = await makeSource(bench(), `refused-${shortClips}.mp4`, {
      seconds: shortClips === 'hold' ? 2 : 1,
    });
    const output = bench().path(`refused-${shortClips}.png`);

    await expect(normalise(bench(), input, { frameCount, shortClips })).rejects.toMatchObject({
      type: 'ClipTooShort',
      message: expect.stringContaining(`(${frameCount} frames) are needed`) as string,
    });
    await expect(
      extractLastKeptFrame(bench().tools, { input, output, frameCount, shortClips }),
    ).rejects.toMatchObject({ type: 'ClipTooShort' });
  },
);

test.each(['hold', 'slow'] as const)(
  'after %s the next chunk starts from what is shown last',
  async (shortClips) => {
    const { tools, path } = bench();
    const input = await makeSource(bench(), `next-${shortClips}.mp4`, { seconds: 2, args: lossless });
    const request = { frameCount: 56, shortClips };
    await normalise(bench(), input, request);
    const output = path(`next-${shortClips}.png`);

    await extractLastKeptFrame(tools, { input, output, ...request });

    const [extracted] = await readFrames(bench(), output, smallSize);
    const source = await readFrames(bench(), input, smallSize);
    expect(psnr(extracted!, source.at(-1)!)).toBeGreaterThan(45);
    expect((await likest(input)).at(-1)).toBe(47);
  },
);

test('high dynamic range that this ffmpeg cannot map is said', async () => {
  const pq = [
    ...[
      '-c:v',
      'libx265',
      '-pix_fmt',
      'yuv420p10le',
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
    ],
    ...['-colorspace', 'bt2020nc', '-x265-params'],
    'log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
  ];
  const input = await makeSource(bench(), 'pq.mp4', { args: pq });
  expect(await normalise(bench(), input)).not.toHaveProperty('isRelabelled');
  expect(await normalise({ ...bench(), tools: await withoutZscale(bench()) }, input)).toMatchObject({
    isRelabelled: true,
  });
});

/** The source's frame that each frame of a clip shows. */
async function likest(input: string): Promise<number[]> {
  const source = await readFrames(bench(), input, smallSize);
  const clip = await readFrames(bench(), clipOf(input), smallSize);
  return clip.map((frame) => {
    const likeness = source.map((other) => psnr(frame, other));
    return likeness.indexOf(Math.max(...likeness));
  });
}
