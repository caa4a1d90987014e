import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runFfmpeg } from '../../activities/media/ffmpeg/run-ffmpeg.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

const program = (name: string) => join(packageRoot(), 'tests', 'media', 'programs', `${name}-tool.mjs`);

/** Command lines of all living processes that name the program. */
async function living(name: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((id) => /^\d+$/.test(id));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(program(name)));
}

test('an ffmpeg that reports the same figures for too long is ended', async () => {
  const tools = { ...bench().tools, ffmpeg: program('hanging'), stallAfterMs: 1_000 };

  await expect(runFfmpeg(tools, { task: 'join the clips', args: [] })).rejects.toMatchObject({
    type: 'MediaToolFailed',
    message: 'Could not join the clips: hanging-tool.mjs was ended: it got no further for 1 s',
  });
  expect(await living('hanging')).toEqual([]);
});

test('an ffmpeg that gets on is left alone, however long it takes', async () => {
  const { tools, make } = bench();
  const source = await make('source.mp4', '-f', 'lavfi', '-i', 'testsrc2=s=64x32:r=24:d=4');
  const slowly = ['-readrate', '1', '-i', source, '-f', 'null', '-'];

  // 4 s of footage in real time: longer than the program may stall.
  await runFfmpeg({ ...tools, stallAfterMs: 3_000 }, { task: 'read slowly', args: slowly });
});

test.each([
  ['hangs', 'hanging', /got no further for 1 s/],
  ['writes without end', 'endless', /wrote more than 4194304 characters/],
  ['ends in the middle of its answer', 'babbling', /spoke oddly/],
])('an ffprobe that %s is a failed tool, and is gone', async (_what, name, ending) => {
  const { tools, path } = bench();
  await writeFile(path('clip.mp4'), Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42'));

  const probing = probeMedia({ ...tools, ffprobe: program(name), stallAfterMs: 1_000 }, path('clip.mp4'));

  await expect(probing).rejects.toMatchObject({
    type: 'MediaToolFailed',
    message: expect.stringMatching(ending) as string,
  });
  expect(await living(name)).toEqual([]);
});
