import { assembleVideo } from '../../activities/media/assemble-video.ts';
import { useMediaBench } from './support/media-bench.ts';
import { makeCut, makeSound } from './support/parts.ts';
import { findOnsets, levelOf, meter, readSamples } from './support/sound.ts';

const bench = useMediaBench();

test.each([
  ['steady music', 'anoisesrc=c=pink:a=0.3'],
  ['music far too quiet', 'anoisesrc=c=pink:a=0.03'],
  ['music far too loud', 'anoisesrc=c=white:a=1'],
  ['music with hard peaks', 'aevalsrc=0.05*sin(2*PI*300*t)+0.9*sin(2*PI*3000*t)*lt(mod(t\\,0.5)\\,0.01)'],
  ['music in bursts', 'aevalsrc=0.5*sin(2*PI*440*t)*lt(mod(t\\,3)\\,0.4)'],
  ['music at one peak between samples', 'aevalsrc=0.99*sin(2*PI*12000*t+PI/4)'],
])('%s is brought to -14 LUFS without a true peak above -1 dBTP', async (name, source) => {
  const { tools, path } = bench();
  const score = await makeSound(bench(), ['level-score.flac', source], 8);
  const output = path(`${name.replaceAll(' ', '-')}.mp4`);
  const made = await assembleVideo(tools, {
    cut: await makeCut(bench(), 8),
    score,
    sounds: [],
    output,
    frameCount: 192,
  });
  const measured = await meter(bench(), output);
  expect(Math.abs(measured.lufs + 14)).toBeLessThan(1);
  expect(measured.truePeak).toBeLessThanOrEqual(-0.9);
  expect(made.integratedLufs).toBeCloseTo(measured.lufs, 0);
  expect(made.truePeakDbtp).toBeLessThanOrEqual(-1);
});

test('the limiter does not delay the sound', async () => {
  const { tools, path } = bench();
  const score = await makeSound(
    bench(),
    ['clicks.flac', 'aevalsrc=0.02*sin(2*PI*200*t)+0.9*sin(2*PI*2000*t)*between(t\\,2\\,2.05)'],
    5,
  );
  const output = path('clicks.mp4');
  await assembleVideo(tools, { cut: await makeCut(bench(), 5), score, sounds: [], output, frameCount: 120 });
  const samples = await readSamples(bench(), output);
  const [onset] = findOnsets(samples, 0.5);
  expect(Math.abs(onset! - 2)).toBeLessThan(0.01);
});

test('the score is ducked where a clip speaks and back where it does not', async () => {
  const { tools, path, read } = bench();
  const score = await makeSound(bench(), ['bed.flac', 'sine=f=300'], 10);
  const speech = await makeSound(bench(), ['speech.flac', 'aevalsrc=0.3*sin(2*PI*3000*t)'], 4);
  const output = path('ducked.mp4');
  const sounds = [{ file: speech, startFrame: 72, frameCount: 96 }];
  await assembleVideo(tools, { cut: await makeCut(bench(), 10), score, sounds, output, frameCount: 240 });
  const bytes = await read(
    '-i',
    output,
    '-map',
    '0:a',
    '-ac',
    '1',
    '-af',
    'lowpass=f=800,lowpass=f=800',
    '-f',
    'f32le',
    'pipe:1',
  );
  const bed = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const before = levelOf(bed, 1, 2.8);
  expect(levelOf(bed, 4, 6.5)).toBeLessThan(before - 6);
  expect(levelOf(bed, 8.5, 9.8)).toBeCloseTo(before, 0);
});

test('a loud score and a faint clip are brought to levels that belong together', async () => {
  const { tools, path, read } = bench();
  const score = await makeSound(bench(), ['loud.flac', 'sine=f=300,volume=6'], 6);
  const speech = await makeSound(bench(), ['faint.flac', 'aevalsrc=0.01*sin(2*PI*3000*t)'], 3);
  const output = path('balanced.mp4');
  const sounds = [{ file: speech, startFrame: 72, frameCount: 72 }];
  await assembleVideo(tools, { cut: await makeCut(bench(), 6), score, sounds, output, frameCount: 144 });
  const band = async (filter: string) => {
    const bytes = await read('-i', output, '-map', '0:a', '-ac', '1', '-af', filter, '-f', 'f32le', 'pipe:1');
    return levelOf(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), 4, 5.8);
  };
  expect(await band('highpass=f=1500')).toBeGreaterThan((await band('lowpass=f=800,lowpass=f=800')) + 3);
});

test.each([
  ['digital silence', 'anullsrc', -90],
  ['room noise', 'anoisesrc=c=pink:a=0.0008', -60],
])('%s keeps its level', async (name, source, highest) => {
  const { tools, path } = bench();
  const file = await makeSound(bench(), ['room.flac', source], 2);
  const output = path(`${name.replaceAll(' ', '-')}.mp4`);
  const sounds = [{ file, startFrame: 0, frameCount: 48 }];
  await assembleVideo(tools, { cut: await makeCut(bench(), 2), sounds, output, frameCount: 48 });
  expect(levelOf(await readSamples(bench(), output), 0.1, 1.9)).toBeLessThan(highest);
});

test('a video too short to be measured is made all the same, without overshoot', async () => {
  const { tools, path } = bench();
  const score = await makeSound(bench(), ['instant.flac', 'sine=f=500,volume=20'], 0.25);
  const output = path('instant.mp4');
  const made = await assembleVideo(tools, {
    cut: await makeCut(bench(), 0.25),
    score,
    sounds: [],
    output,
    frameCount: 6,
  });
  expect(made).toMatchObject({ frameCount: 6, durationSeconds: 0.25 });
  expect(made.truePeakDbtp ?? -99).toBeLessThanOrEqual(-1);
});
