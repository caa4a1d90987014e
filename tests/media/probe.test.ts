import { writeFile } from 'node:fs/promises';

import { probeMedia } from '../../activities/media/probe.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

test('pictures and sound of a clip are described', async () => {
  const file = await bench().make(
    'veo.mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=24:d=1', '-f', 'lavfi', '-i', 'sine=r=48000:d=1'],
    ...[
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p',
      '-video_track_timescale',
      '12288',
      '-c:a',
      'aac',
      '-ac',
      '2',
    ],
  );
  const { streams, durationSeconds } = await probeMedia(bench().tools, file);
  expect(durationSeconds).toBeCloseTo(1, 1);
  expect(streams).toMatchObject([
    {
      ...{ type: 'video', codec: 'h264', profile: 'High', width: 320, height: 180, pixelFormat: 'yuv420p' },
      ...{ frameRate: 24, frameCount: 24, timeBase: '1/12288', sampleAspectRatio: '1:1', durationSeconds: 1 },
    },
    { type: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2 },
  ]);
});

test('a rate that is no whole number and a turned picture are described', async () => {
  const upright = await bench().make('upright.mp4', '-f', 'lavfi', '-i', 'testsrc2=s=64x32:r=30000/1001:d=1');
  const turned = await bench().make('turned.mp4', '-display_rotation', '90', '-i', upright, '-c', 'copy');
  const { streams } = await probeMedia(bench().tools, turned);
  expect(streams).toMatchObject([{ frameRate: 30_000 / 1_001, rotationDegrees: 270 }]);
});

test('cover art is no picture track', async () => {
  const cover = await bench().make(
    'cover.png',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=64x64:d=1',
    '-frames:v',
    '1',
  );
  const song = await bench().make(
    'song.mp3',
    ...['-f', 'lavfi', '-i', 'sine=d=1', '-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy'],
    ...['-disposition:v', 'attached_pic'],
  );
  const { streams } = await probeMedia(bench().tools, song, { expected: 'sound' });
  expect(streams.map(({ type }) => type)).toEqual(['audio']);
});

test('a page under the name of a video is refused with what was expected and what was found', async () => {
  const file = bench().path('page.mp4');
  await writeFile(file, '<html><body>Not found</body></html>');
  await expect(probeMedia(bench().tools, file, { expected: 'footage' })).rejects.toMatchObject({
    type: 'MediaToolFailed',
    message: expect.stringMatching(
      /page\.mp4 as footage: expected one of video\/mp4, .* found bytes of no known/,
    ) as string,
  });
});

test('music is refused where footage is expected', async () => {
  const file = await bench().make('music.wav', '-f', 'lavfi', '-i', 'sine=d=1');
  await expect(probeMedia(bench().tools, file, { expected: 'footage' })).rejects.toThrow('found audio/wav');
});

test('a broken file is refused without naming folders', async () => {
  const file = bench().path('broken.mp4');
  await writeFile(
    file,
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(500)]),
  );
  const failure = await probeMedia(bench().tools, file).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    type: 'MediaToolFailed',
    message: expect.stringContaining('broken.mp4') as string,
  });
  expect((failure as Error).message).not.toContain(bench().folder);
});

test('a missing file and a missing program are told apart', async () => {
  const file = await bench().make('there.wav', '-f', 'lavfi', '-i', 'sine=d=1');
  await expect(probeMedia(bench().tools, bench().path('absent.mp4'))).rejects.toMatchObject({
    type: 'ArtifactMissing',
  });
  const absent = { ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' };
  await expect(probeMedia(absent, file)).rejects.toMatchObject({
    type: 'MediaToolFailed',
    message: expect.stringContaining('could not be started (ENOENT)') as string,
  });
});
