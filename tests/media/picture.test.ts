import { readFile, writeFile } from 'node:fs/promises';

import { probePicture } from '../../activities/media/picture.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();
const still = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1', '-frames:v', '1'];
const kinds = [
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['webp', 'image/webp'],
] as const;

test.each(kinds)('a %s still is decoded and measured', async (extension, mediaType) => {
  const file = await bench().make(`still.${extension}`, ...still);
  await expect(probePicture(bench().tools, file)).resolves.toEqual({ mediaType, width: 320, height: 180 });
});

test.each(kinds)('a %s whose body was cut off is no still', async (extension) => {
  const whole = await readFile(await bench().make(`whole.${extension}`, ...still));
  for (const part of [0.02, 0.3, 0.6, 0.95]) {
    const file = bench().path(`part.${extension}`);
    await writeFile(file, whole.subarray(0, Math.ceil(whole.length * part)));
    await expect(probePicture(bench().tools, file)).rejects.toMatchObject({ type: 'MediaToolFailed' });
  }
});

test('a page is no still', async () => {
  const file = bench().path('page.png');
  await writeFile(file, '<!DOCTYPE html><title>Sign in</title>');
  await expect(probePicture(bench().tools, file)).rejects.toThrow('page.png as picture');
});

test('a clip is no still', async () => {
  const file = await bench().make('clip.mp4', '-f', 'lavfi', '-i', 'testsrc2=s=64x36:d=1');
  await expect(probePicture(bench().tools, file)).rejects.toThrow('found video/mp4');
});
