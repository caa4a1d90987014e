import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import { normaliseClip } from '../../activities/media/normalise-clip.ts';
import { probePicture } from './support/picture.ts';
import { lossless, makeSource, psnr, readFrames, smallSize } from './support/footage.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

interface Case {
  readonly name: string;
  readonly rate: number;
  readonly seconds: number;
  readonly frameCount: number;
  /** 0-based source frame that is shown last. */
  readonly sourceFrame: number;
}

test.each<Case>([
  { name: 'the whole of a 24 fps chunk', rate: 24, seconds: 1, frameCount: 24, sourceFrame: 23 },
  { name: 'a part of a 24 fps chunk', rate: 24, seconds: 2, frameCount: 30, sourceFrame: 29 },
  { name: 'the whole of a 16 fps chunk', rate: 16, seconds: 1, frameCount: 24, sourceFrame: 15 },
  { name: 'a part of a 16 fps chunk', rate: 16, seconds: 2, frameCount: 24, sourceFrame: 15 },
  { name: 'a 25 fps chunk with a frame to spare', rate: 25, seconds: 1.04, frameCount: 24, sourceFrame: 24 },
  { name: 'a 30 fps chunk', rate: 30, seconds: 2, frameCount: 24, sourceFrame: 29 },
  { name: 'a short chunk held on its last frame', rate: 24, seconds: 0.75, frameCount: 24, sourceFrame: 17 },
  { name: 'one frame', rate: 24, seconds: 1, frameCount: 1, sourceFrame: 0 },
])(
  'of $name it is the frame the clip shows last',
  async ({ name, rate, seconds, frameCount, sourceFrame }) => {
    const { tools, path } = bench();
    const stem = name.replaceAll(' ', '-');
    const input = await makeSource(bench(), `${stem}.mp4`, { rate, seconds, args: lossless });
    const output = path(`${stem}.png`);
    const clip = path(`${stem}.clip.mp4`);
    await extractLastKeptFrame(tools, { input, output, frameCount });
    await normaliseClip(tools, {
      ...{
        input,
        output: clip,
        soundOutput: path('none.flac'),
        frameCount,
        aspectRatio: '16:9',
        size: smallSize,
      },
    });
    const [extracted] = await readFrames(bench(), output, smallSize);
    const source = await readFrames(bench(), input, smallSize);
    const shown = (await readFrames(bench(), clip, smallSize)).at(-1)!;
    const likeness = source.map((frame) => psnr(extracted!, frame));
    const shownLikeness = source.map((frame) => psnr(shown, frame));
    expect(likeness.indexOf(Math.max(...likeness))).toBe(sourceFrame);
    expect(shownLikeness.indexOf(Math.max(...shownLikeness))).toBe(sourceFrame);
    expect(likeness[sourceFrame]).toBeGreaterThan(45);
    // The clip has half the colour resolution, which hard edges show.
    expect(psnr(extracted!, shown)).toBeGreaterThan(30);
  },
);

test('it has the size of the source', async () => {
  const { tools, path } = bench();
  const input = await makeSource(bench(), 'odd.mp4', { width: 1366, height: 768, rate: 25 });
  await extractLastKeptFrame(tools, { input, output: path('odd.png'), frameCount: 24 });
  await expect(probePicture(tools, path('odd.png'))).resolves.toEqual({
    ...{ mediaType: 'image/png', width: 1366, height: 768 },
  });
});

test('the last frame of a chunk too short to keep is refused, and nothing is left behind', async () => {
  const { tools, path, folder } = bench();
  const input = await makeSource(bench(), 'stub.mp4', { seconds: 0.5 });
  const output = path('stub.png');
  await expect(extractLastKeptFrame(tools, { input, output, frameCount: 24 })).rejects.toMatchObject({
    type: 'ClipTooShort',
    message: expect.stringContaining(
      'stub.mp4: it is more than 0.25 s shorter than the 1.000 s (24 frames)',
    ) as string,
  });
  expect(existsSync(output)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});
