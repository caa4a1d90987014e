import { copyFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { fitScore } from '../../activities/media/fit-score.ts';
import { joinClips } from '../../activities/media/join-clips.ts';
import { extractLastKeptFrame } from '../../activities/media/last-kept-frame.ts';
import { normaliseClip } from '../../activities/media/normalise-clip.ts';
import { probePicture } from './support/picture.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();
let server: Server;
let hits = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    hits += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

function playlist(): string {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inner.ts`;
  return `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${address}\n#EXT-X-ENDLIST\n`;
}

test.each([
  ['a playlist', () => playlist()],
  ['a playlist that starts like an MP4', () => `\0\0\0\x18ftypisom\0\0\0\0isommp42\n${playlist()}`],
])('%s under the name of a video makes no request', async (_, content) => {
  const { tools, path } = bench();
  const input = path('evil.mp4');
  await writeFile(input, content());
  const output = path('out');
  const attempts = [
    probeMedia(tools, input),
    normaliseClip(tools, {
      input,
      output,
      soundOutput: path('out.flac'),
      frameCount: 24,
      aspectRatio: '16:9',
    }),
    extractLastKeptFrame(tools, { input, output, frameCount: 24 }),
    joinClips(tools, { inputs: [input], output, expectedFrames: 24 }),
    fitScore(tools, { input, output, durationSeconds: 5 }),
    probePicture(tools, input),
  ];
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.map(({ status }) => status)).toEqual(attempts.map(() => 'rejected'));
  expect(hits).toBe(0);
});

test('names that look like options, protocols, patterns or lists are only names', async () => {
  const { tools, path, make } = bench();
  const source = await make('plain.mp4', '-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=24:d=1');
  const names = ['-y.mp4', 'http:x.mp4', 'a b%03d.mp4', "it's 'quoted'.mp4", 'a\nfile b.mp4'];
  const size = { width: 64, height: 36 };
  for (const name of names) {
    await copyFile(source, path(name));
    const clip = path(`clip ${name}`);
    await normaliseClip(tools, {
      ...{ input: path(name), output: clip, soundOutput: path('none.flac'), frameCount: 24 },
      ...{ aspectRatio: '16:9', size },
    });
    await joinClips(tools, { inputs: [clip, clip], output: path(`cut ${name}`), expectedFrames: 48 });
    await extractLastKeptFrame(tools, { input: path(name), output: path(`${name}.png`), frameCount: 24 });
  }
});
