import { readdir, readFile } from 'node:fs/promises';

import { fitScore } from '../../activities/media/fit-score.ts';
import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import type { MediaRun } from '../../activities/media/media-tools.ts';
import { normaliseClip } from '../../activities/media/normalise-clip.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

/** Command lines of all our living children that name the folder of this test. */
async function runningPrograms(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(bench().folder));
}

const makeLongSource = () =>
  bench().make(
    'long.mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=24:d=40', '-c:v', 'libx264', '-preset', 'ultrafast'],
  );

test('an abort in mid-encode ends ffmpeg, leaves no file and is rethrown as its own reason', async () => {
  const { tools, path, folder } = bench();
  const input = await makeLongSource();
  const controller = new AbortController();
  const reason = new Error('The video was cancelled');
  const seen: number[] = [];
  const running = normaliseClip(tools, {
    ...{
      input,
      output: path('out.mp4'),
      soundOutput: path('out.flac'),
      frameCount: 960,
      aspectRatio: '16:9',
    },
    signal: controller.signal,
    onProgress: (seconds) => {
      seen.push(seconds);
      controller.abort(reason);
    },
  });
  await expect(running).rejects.toBe(reason);
  expect(seen.length).toBeGreaterThan(0);
  expect(await readdir(folder)).toEqual(['long.mp4']);
  if (process.platform === 'linux') expect(await runningPrograms()).toEqual([]);
});

test('a call that is already cancelled starts no program', async () => {
  const { tools, path } = bench();
  const input = await makeLongSource();
  const reason = new Error('The video was cancelled');
  const run: MediaRun = { signal: AbortSignal.abort(reason) };
  const request = { input, output: path('never'), ...run };
  await expect(extractLastKeptFrame(tools, { ...request, frameCount: 24 })).rejects.toBe(reason);
  await expect(fitScore(tools, { ...request, durationSeconds: 5 })).rejects.toBe(reason);
  expect(await readdir(bench().folder)).toEqual(['long.mp4']);
});
