import { readFile } from 'node:fs/promises';

import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { damagePackets } from './support/damage.ts';
import { psnr, readFrames, smallSize } from './support/footage.ts';
import { useMediaBench } from './support/media-bench.ts';
import { clipOf, normalise } from './support/normalise.ts';
import { levelOf, readSamples } from './support/sound.ts';

const bench = useMediaBench();

const frameCount = 48;
const soundOf = (input: string) => input.replace(/\.\w+$/, '.sound.flac');

/** Two seconds at 24 fps with a tone that never stops, as a host would deliver them. */
async function makeChunk(name: string, ...args: readonly string[]): Promise<string> {
  return bench().make(
    name,
    ...['-f', 'lavfi', '-i', 'testsrc2=s=192x108:r=24:d=2', '-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=2'],
    ...['-c:v', 'libx264', '-threads:v', '1', '-pix_fmt', 'yuv420p', '-c:a', 'aac', ...args],
  );
}

test.each([
  ['with B-frames', 16, []],
  ['without B-frames', 30, ['-bf', '0']],
  ['in its last frame', 47, ['-bf', '0']],
] as const)(
  'a chunk %s of which one frame is damaged keeps every frame in its place',
  async (name, hit, args) => {
    const whole = await makeChunk(`${name.replaceAll(' ', '-')}.mp4`, ...args);
    const { damaged, startSeconds } = await damagePackets(bench(), whole, { track: 'v:0', packets: [hit] });
    await normalise(bench(), whole, { frameCount });
    const made = await normalise(bench(), damaged, { frameCount });
    expect(made).toMatchObject({ frameCount, damage: { frames: 1, soundSeconds: 0 } });
    const { streams } = await probeMedia(bench().tools, clipOf(damaged));
    expect(streams).toMatchObject([{ frameCount, durationSeconds: 2 }]);
    const likeness = await compare(clipOf(damaged), clipOf(whole));
    const at = Math.round(startSeconds[0]! * 24);
    // Frames before it are equal, the frame itself repeats the one before, and later frames are in step.
    expect(Math.min(...likeness.slice(0, at - 2))).toBeGreaterThan(40);
    expect(Math.min(...likeness)).toBeGreaterThan(15);
  },
);

test('a frame that is lost altogether shows the frame before it', async () => {
  const whole = await makeChunk('lost.mp4', '-bf', '0');
  const { damaged } = await damagePackets(bench(), whole, { track: 'v:0', packets: [30], share: [0, 1] });
  expect(await normalise(bench(), damaged, { frameCount })).toMatchObject({ damage: { frames: 1 } });
  const frames = await readFrames(bench(), clipOf(damaged), smallSize);
  expect(frames).toHaveLength(frameCount);
  const steps = frames.slice(1).map((frame, index) => psnr(frame, frames[index]!));
  expect(steps.indexOf(Math.max(...steps))).toBe(29);
  expect(steps[29]).toBeGreaterThan(40);
});

test('a chunk that lost its first frame is refused: nothing comes before it', async () => {
  const whole = await makeChunk('first.mp4', '-bf', '0');
  const { damaged } = await damagePackets(bench(), whole, { track: 'v:0', packets: [0], share: [0, 1] });
  await expect(normalise(bench(), damaged, { frameCount })).rejects.toMatchObject({
    type: 'MediaToolFailed',
  });
});

test('a damaged chunk gives the same bytes however often it is made', async () => {
  const whole = await makeChunk('again.mp4', '-bf', '0');
  const { damaged } = await damagePackets(bench(), whole, { track: 'v:0', packets: [47] });
  const made = new Set<string>();
  for (let time = 0; time < 8; time += 1) {
    await normalise(bench(), damaged, { frameCount });
    made.add((await readFile(clipOf(damaged))).toString('base64'));
  }
  expect(made.size).toBe(1);
});

async function compare(one: string, other: string): Promise<number[]> {
  const [left, right] = [
    await readFrames(bench(), one, smallSize),
    await readFrames(bench(), other, smallSize),
  ];
  expect(left).toHaveLength(right.length);
  return left.map((frame, index) => psnr(frame, right[index]!));
}

test('lost packets of sound are silence in their place, and what follows is heard when it should be', async () => {
  const whole = await makeChunk('tone.mp4');
  const { damaged, startSeconds } = await damagePackets(bench(), whole, {
    track: 'a:0',
    packets: [20, 21, 22, 60],
  });
  const made = await normalise(bench(), damaged, { frameCount });
  expect(made.damage.frames).toBe(0);
  expect(made.damage.soundSeconds).toBeGreaterThan(3 * 0.0232);
  expect(made.damage.soundSeconds).toBeLessThan(5.1 * 0.0232);
  const samples = await readSamples(bench(), soundOf(damaged));
  expect(samples).toHaveLength(frameCount * 2_000);
  const [from] = startSeconds;
  expect(levelOf(samples, from! + 0.03, from! + 0.06)).toBeLessThan(-80);
  for (const second of [0.2, 0.4, 0.7, 1, 1.2, 1.7]) {
    expect(levelOf(samples, second, second + 0.03)).toBeGreaterThan(-25);
  }
  await normalise(bench(), whole, { frameCount });
  const original = await readSamples(bench(), soundOf(whole));
  const differs = samples
    .slice(48_000, 48_000 + 9_600)
    .map((sample, index) => Math.abs(sample - original[48_000 + index]!));
  expect(Math.max(...differs)).toBeLessThan(0.01);
});

test.each([
  {
    what: 'frames',
    hits: { track: 'v:0', packets: [10, 15, 20, 25, 30] },
    words: /5 frames of the picture came damaged; at most 3 frames/,
  },
  {
    what: 'sound',
    hits: { track: 'a:0', packets: Array.from({ length: 16 }, (_, index) => 20 + index) },
    words: /0\.\d+ s of sound came damaged.*0\.25 s/,
  },
])(
  'a chunk that lost more $what than the measure is refused with both figures',
  async ({ what, hits, words }) => {
    const whole = await makeChunk(`much-${what}.mp4`, '-bf', '0');
    const { damaged } = await damagePackets(bench(), whole, hits);
    await expect(normalise(bench(), damaged, { frameCount })).rejects.toMatchObject({
      type: 'MediaToolFailed',
      message: expect.stringMatching(words) as string,
    });
  },
);

test('the last kept frame of a damaged chunk is the frame that its clip shows last', async () => {
  const whole = await makeChunk('last.mp4', '-bf', '0');
  const { damaged } = await damagePackets(bench(), whole, { track: 'v:0', packets: [47] });
  const output = bench().path('last.png');
  await extractLastKeptFrame(bench().tools, { input: damaged, output, frameCount });
  await normalise(bench(), damaged, { frameCount });
  const [extracted] = await readFrames(bench(), output, smallSize);
  const shown = (await readFrames(bench(), clipOf(damaged), smallSize)).at(-1)!;
  expect(psnr(extracted!, shown)).toBeGreaterThan(30);
});

test('a chunk that is not damaged says so, and is made as if nothing were ever damaged', async () => {
  const whole = await makeChunk('sound.mp4');
  const made = await normalise(bench(), whole, { frameCount });
  expect(made.damage).toEqual({ frames: 0, soundSeconds: 0 });
  const first = await readFile(clipOf(whole));
  await normalise(bench(), whole, { frameCount });
  expect((await readFile(clipOf(whole))).equals(first)).toBe(true);
});
