import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

import { assembleVideo } from '../../activities/media/assemble-video.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { useMediaBench } from './support/media-bench.ts';
import { makeCut, makeSound, pictureHash } from './support/parts.ts';

const bench = useMediaBench();

/** Whether a player finds the index before the packets. */
async function isIndexFirst(file: string): Promise<boolean> {
  const bytes = await readFile(file);
  return bytes.indexOf('moov') < bytes.indexOf('mdat');
}

test('picture packets are untouched and the index stands before them', async () => {
  const { tools, path } = bench();
  const cut = await makeCut(bench(), 3);
  const score = await makeSound(bench(), ['plain-score.flac', 'anoisesrc=c=pink:a=0.3'], 3);
  const output = path('plain.mp4');
  await assembleVideo(tools, { cut, score, sounds: [], output, frameCount: 72 });
  expect(await pictureHash(bench(), output)).toBe(await pictureHash(bench(), cut));
  expect(await isIndexFirst(output)).toBe(true);
});

test('without score and sounds there is no audio track', async () => {
  const { tools, path } = bench();
  const cut = await makeCut(bench(), 2);
  const output = path('mute.mp4');
  const made = await assembleVideo(tools, { cut, sounds: [], output, frameCount: 48 });
  expect(made).toEqual({ durationSeconds: 2, frameCount: 48 });
  const { streams } = await probeMedia(tools, output);
  expect(streams.map(({ type }) => type)).toEqual(['video']);
  expect(await pictureHash(bench(), output)).toBe(await pictureHash(bench(), cut));
});

test('sounds that overlap or reach beyond the cut are refused with their frames', async () => {
  const { tools, path, folder } = bench();
  const file = await makeSound(bench(), ['piece.flac', 'sine'], 1);
  const request = { cut: await makeCut(bench(), 2), output: path('never.mp4'), frameCount: 48 };
  const place = (...starts: number[]) => starts.map((startFrame) => ({ file, startFrame, frameCount: 24 }));
  await expect(assembleVideo(tools, { ...request, sounds: place(0, 23) })).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: 'Could not place a sound at frames 23 to 47: frames 24 to 48 are free',
  });
  await expect(assembleVideo(tools, { ...request, sounds: place(25) })).rejects.toThrow('at frames 25 to 49');
  expect(existsSync(request.output)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a cut of another length than planned is refused with both counts', async () => {
  const { tools, path } = bench();
  const request = { cut: await makeCut(bench(), 2), sounds: [], output: path('never.mp4'), frameCount: 47 };
  await expect(assembleVideo(tools, request)).rejects.toThrow('the cut has 48 frames, expected 47');
});
