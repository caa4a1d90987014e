import { fitScore } from '../../activities/media/fit-score.ts';
import { damagePackets } from './support/damage.ts';
import { useMediaBench } from './support/media-bench.ts';
import { levelOf, readSamples } from './support/sound.ts';

const bench = useMediaBench();

async function fit(input: string, durationSeconds: number) {
  const output = input.replace(/\.\w+$/, '.fitted.flac');
  const damage = await fitScore(bench().tools, { input, output, durationSeconds, fadeOutSeconds: 0 });
  return { damage, samples: await readSamples(bench(), output) };
}

/** Keeps the header of an MP3 frame: without it the demuxer silently skips the frame. */
const afterHeader = [0.01, 0.6] as const;

async function makeMusic(name: string, ...codec: readonly string[]): Promise<string> {
  return bench().make(name, '-f', 'lavfi', '-i', 'sine=f=330:r=44100:d=6', '-ac', '2', ...codec);
}

test.each([
  ['mp3', ['-b:a', '128k']],
  ['m4a', ['-b:a', '128k']],
])('%s that lost three packets is silent there and in step after it', async (extension, codec) => {
  const whole = await makeMusic(`music.${extension}`, ...codec);
  const hits = [100, 101, 102];
  const { damaged, startSeconds } = await damagePackets(bench(), whole, {
    track: 'a:0',
    packets: hits,
    share: afterHeader,
  });
  const { damage, samples } = await fit(damaged, 5);
  expect(samples).toHaveLength(5 * 48_000);
  expect(damage.frames).toBe(0);
  expect(damage.soundSeconds).toBeGreaterThan(0.04);
  expect(damage.soundSeconds).toBeLessThan(0.16);
  const [at] = startSeconds;
  expect(levelOf(samples, at! + 0.035, at! + 0.05)).toBeLessThan(-60);
  const original = (await fit(whole, 5)).samples;
  const later = samples.subarray(4 * 48_000, 4.5 * 48_000);
  const differs = later.map((sample, index) => Math.abs(sample - original[4 * 48_000 + index]!));
  expect(differs.reduce((a, b) => Math.max(a, b))).toBeLessThan(0.001);
});

test('music that lost more than the measure is refused with both figures', async () => {
  const whole = await makeMusic('much.mp3');
  const hits = Array.from({ length: 20 }, (_, index) => 60 + index);
  const { damaged } = await damagePackets(bench(), whole, {
    track: 'a:0',
    packets: hits,
    share: afterHeader,
  });
  await expect(fit(damaged, 5)).rejects.toMatchObject({
    type: 'MediaToolFailed',
    message: expect.stringMatching(
      /decode the score damaged-much\.mp3: 0\.\d+ s of sound came damaged.*0\.25 s/,
    ) as string,
  });
});

test('music that is not damaged says so', async () => {
  expect((await fit(await makeMusic('sound.mp3'), 5)).damage).toEqual({ frames: 0, soundSeconds: 0 });
});
