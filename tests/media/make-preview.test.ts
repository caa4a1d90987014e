import { makePreview, previewSizes } from '../../activities/media/make-preview.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { useMediaBench } from './support/media-bench.ts';
import { levelOf, readSamples } from './support/sound.ts';

const bench = useMediaBench();

/** A white square of 40 pixels in the middle of a dark picture, 640×480, so that every crop shows. */
async function drawStill(name: string): Promise<string> {
  const file = bench().path(name);
  const square = 'drawbox=x=300:y=220:w=40:h=40:color=white:t=fill';
  const source = 'color=c=0x203040:s=640x480';
  await bench().read('-f', 'lavfi', '-i', source, '-vf', square, '-frames:v', '1', '-f', 'image2', file);
  return file;
}

test('stills move slowly, in turns nearer and further away, with exactly the frames of their beats', async () => {
  const { tools, path } = bench();
  const stills = [
    { picture: await drawStill('one.png'), frameCount: 48 },
    { picture: await drawStill('two.jpg'), frameCount: 24 },
  ];
  const output = path('preview.mp4');
  await makePreview(tools, { stills, output, aspectRatio: '1:1' });

  const { streams, durationSeconds } = await probeMedia(tools, output);
  expect(streams).toMatchObject([
    { type: 'video', ...previewSizes['1:1'], frameCount: 72, colorSpace: 'bt709' },
  ]);
  expect(durationSeconds).toBeCloseTo(3, 2);
  // 40 of 480 lines show as they are at first, and a tenth larger at the end of the first still.
  expect(await squareHeight(output, 0)).toBeCloseTo(40, 0);
  expect(await squareHeight(output, 47)).toBeCloseTo(44, 0);
  expect(await squareHeight(output, 48)).toBeCloseTo(44, 0);
  expect(await squareHeight(output, 71)).toBeCloseTo(40, 0);
  // A smooth zoom: it grows with every quarter, by a line at a time at most.
  const heights = await Promise.all([0, 12, 24, 36, 47].map((frame) => squareHeight(output, frame)));
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(Math.max(...heights.slice(1).map((height, index) => height - (heights[index] ?? 0)))).toBeLessThan(
    1.6,
  );
});

test('the score lies under the whole of a preview', async () => {
  const { tools, path, read } = bench();
  const score = path('score.flac');
  const tone = 'sine=frequency=330:sample_rate=48000:duration=2';
  await read('-f', 'lavfi', '-i', tone, '-ac', '2', '-c:a', 'flac', '-f', 'flac', score);
  const output = path('with-score.mp4');
  await makePreview(tools, {
    stills: [{ picture: await drawStill('only.png'), frameCount: 48 }],
    score,
    output,
    aspectRatio: '9:16',
  });

  const { streams } = await probeMedia(tools, output);
  expect(streams).toMatchObject([
    { type: 'video', ...previewSizes['9:16'] },
    { type: 'audio', codec: 'aac' },
  ]);
  const samples = await readSamples(bench(), output);
  expect(levelOf(samples, 0.2, 0.8)).toBeGreaterThan(-30);
  expect(levelOf(samples, 1.2, 1.8)).toBeGreaterThan(-30);
});

/** Lines of the middle column that are brighter than half, with the share of those at its edges. */
async function squareHeight(file: string, frame: number): Promise<number> {
  const { height } = previewSizes['1:1'];
  const select = `select=eq(n\\,${frame}),crop=2:${height}:${height / 2}:0`;
  const bytes = await bench().read(
    ...['-i', file, '-vf', select, '-frames:v', '1', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'],
  );
  const column = Array.from({ length: height }, (_, line) => bytes[line * 2] ?? 0);
  // Ringing beside the square is darker than the picture.
  const dark = column.toSorted((one, other) => one - other)[height / 2] ?? 0;
  const bright = Math.max(...column);
  const share = (value: number) => Math.max(0, (value - dark) / (bright - dark));
  return column.reduce((sum, value) => sum + share(value), 0);
}
