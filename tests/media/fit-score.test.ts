import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

import { fitScore, type FitScoreRequest } from '../../activities/media/fit-score.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { useMediaBench } from './support/media-bench.ts';
import { levelOf, readSamples } from './support/sound.ts';

const bench = useMediaBench();

async function fit(input: string, durationSeconds: number, more: Partial<FitScoreRequest> = {}) {
  const output = bench().path('fitted.flac');
  await fitScore(bench().tools, { input, output, durationSeconds, ...more });
  return { output, samples: await readSamples(bench(), output) };
}

const noise = (seconds: number) => ['-f', 'lavfi', '-i', `anoisesrc=c=pink:r=44100:d=${seconds}:seed=1`];
const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=f=330:r=44100:d=${seconds}`, '-af', 'volume=4'];

test.each([
  ['mp3', ['-b:a', '128k']],
  ['wav', []],
  ['flac', []],
  ['m4a', []],
  ['ogg', ['-c:a', 'libvorbis']],
])('%s is trimmed to the sample, as FLAC at 48 kHz in stereo', async (extension, codec) => {
  const input = await bench().make(`music.${extension}`, ...tone(6), ...codec);
  const { output, samples } = await fit(input, 4.5);
  expect(samples).toHaveLength(4.5 * 48_000);
  const { streams } = await probeMedia(bench().tools, output);
  expect(streams).toMatchObject([{ codec: 'flac', sampleRate: 48_000, channels: 2 }]);
});

test.each([
  [3, 10],
  [3, 3.1],
  [7.3, 31.25],
  [0.6, 5],
  [10, 10],
])('music of %d s fills %d s without a hole', async (available, wanted) => {
  const input = await bench().make('short.wav', ...noise(available));
  const { samples } = await fit(input, wanted, { fadeOutSeconds: 0 });
  expect(samples).toHaveLength(wanted * 48_000);
  const levels = Array.from({ length: Math.floor(wanted * 10) - 1 }, (_, tenth) =>
    levelOf(samples, tenth / 10, tenth / 10 + 0.1),
  );
  const typical = levelOf(samples, 0, wanted);
  expect(Math.min(...levels)).toBeGreaterThan(typical - 4);
  expect(Math.max(...levels)).toBeLessThan(typical + 4);
});

test.each([0, 0x7fffffff, 2_000_000_036, 0xffffffff])(
  'a WAV whose writer knew no length, and wrote %i, is fitted whole',
  async (stated) => {
    const bytes = await readFile(await bench().make(`piped-${stated}.source.wav`, ...tone(6)));
    const dataAt = bytes.indexOf('data', 0, 'latin1');
    bytes.writeUInt32LE(stated, 4);
    bytes.writeUInt32LE(stated, dataAt + 4);
    const input = bench().path(`piped-${stated}.wav`);
    await writeFile(input, bytes);

    const { samples } = await fit(input, 5.5);

    expect(samples).toHaveLength(5.5 * 48_000);
    expect(levelOf(samples, 5.2, 5.5)).toBeGreaterThan(-40);
  },
);

test('a seam does not click', async () => {
  // Starts and ends far from zero: placed end to end, the wave would jump by more than its whole height.
  const input = await bench().make('ramp.wav', '-f', 'lavfi', '-i', 'aevalsrc=0.8*(t/3-0.5):s=48000:d=3');
  const { samples } = await fit(input, 12, { fadeOutSeconds: 0 });
  const jumps = samples.slice(1).map((sample, index) => Math.abs(sample - samples[index]!));
  expect(jumps.reduce((a, b) => Math.max(a, b))).toBeLessThan(0.001);
});

test('it fades in and out where it is told to', async () => {
  const input = await bench().make('steady.wav', ...tone(8));
  const { samples } = await fit(input, 6, { fadeInSeconds: 1, fadeOutSeconds: 2 });
  const steady = levelOf(samples, 2, 3);
  expect(levelOf(samples, 0, 0.1)).toBeLessThan(steady - 20);
  expect(levelOf(samples, 1.2, 1.4)).toBeCloseTo(steady, 0);
  expect(levelOf(samples, 3.5, 3.9)).toBeCloseTo(steady, 0);
  expect(levelOf(samples, 5.9, 6)).toBeLessThan(steady - 20);
});

test('a page under the name of music is refused, and leaves nothing behind', async () => {
  const input = bench().path('page.mp3');
  await writeFile(input, '<html>expired</html>');
  const output = bench().path('never.flac');
  await expect(fitScore(bench().tools, { input, output, durationSeconds: 5 })).rejects.toMatchObject({
    type: 'MediaToolFailed',
  });
  expect(existsSync(output)).toBe(false);
});

test('next to no music is refused with its length', async () => {
  const input = await bench().make('blip.wav', ...tone(0.2));
  await expect(fit(input, 5)).rejects.toThrow('blip.wav as the score: it holds 0.2 s of sound');
});
