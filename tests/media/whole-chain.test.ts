import { assembleVideo } from '../../activities/media/assemble-video.ts';
import { fitScore } from '../../activities/media/fit-score.ts';
import { joinClips } from '../../activities/media/join-clips.ts';
import { normaliseClip, type Clip } from '../../activities/media/normalise-clip.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { makeSource, smallSize, type SourceOptions } from './support/footage.ts';
import { useMediaBench } from './support/media-bench.ts';
import { makeCut, pictureHash, readTimes } from './support/parts.ts';
import { findOnsets, readSamples } from './support/sound.ts';

const bench = useMediaBench();

test('37 clips, some with sound, come out at their length with every beep in its place', async () => {
  const { tools, path } = bench();
  const kinds: [SourceOptions, number][] = [
    [{ width: 1366, height: 768, rate: 25, args: ['-video_track_timescale', '12800'] }, 31],
    [{ width: 832, height: 480, rate: 16, args: ['-video_track_timescale', '16384'] }, 17],
    [{ width: 1280, height: 720, rate: 24, beepAt: 0.31 }, 24],
    [{ width: 640, height: 360, rate: '30000/1001', beepAt: 0.5 }, 29],
  ];
  const clips: (Clip & { output: string; soundOutput: string; beepAt: number })[] = [];
  for (const [index, [options, frameCount]] of kinds.entries()) {
    const input = await makeSource(bench(), `kind-${index}.mp4`, { seconds: 1.5, ...options });
    const output = path(`kind-${index}.clip.mp4`);
    const soundOutput = path(`kind-${index}.flac`);
    const made = await normaliseClip(tools, {
      ...{ input, output, soundOutput, frameCount, aspectRatio: '16:9', size: smallSize },
    });
    clips.push({ ...made, output, soundOutput, beepAt: options.beepAt ?? NaN });
  }
  let startFrame = 0;
  const timeline = Array.from({ length: 37 }, (_, index) => {
    const placed = { ...clips[(index * 7) % 4]!, startFrame };
    startFrame += placed.frameCount;
    return placed;
  });
  const frameCount = startFrame;
  const cut = path('chain.cut.mp4');
  await joinClips(tools, {
    inputs: timeline.map(({ output }) => output),
    output: cut,
    expectedFrames: frameCount,
  });
  const heard = timeline.filter(({ hasSound }) => hasSound);
  const sounds = heard.map(({ soundOutput, ...place }) => ({ ...place, file: soundOutput }));
  const output = path('chain.mp4');
  const made = await assembleVideo(tools, { cut, sounds: sounds.toReversed(), output, frameCount });

  expect(made).toMatchObject({ frameCount, durationSeconds: frameCount / 24 });
  const { streams, durationSeconds } = await probeMedia(tools, output);
  expect(streams).toMatchObject([
    {
      type: 'video',
      frameCount,
      frameRate: 24,
      durationSeconds: expect.closeTo(frameCount / 24, 3) as number,
    },
    { type: 'audio', codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 2 },
  ]);
  expect(Math.abs(durationSeconds - frameCount / 24)).toBeLessThan(1 / 24);
  expect(await readTimes(bench(), output)).toEqual(
    Array.from({ length: frameCount }, (_, frame) => frame * 1_000),
  );
  const expected = heard.map((clip) => clip.startFrame / 24 + clip.beepAt);
  const onsets = findOnsets(await readSamples(bench(), output));
  expect(onsets).toHaveLength(expected.length);
  const errors = onsets.map((onset, index) => Math.abs(onset - expected[index]!));
  expect(Math.max(...errors)).toBeLessThan(0.02);
  expect(await pictureHash(bench(), output)).toBe(await pictureHash(bench(), cut));
});

test('a fitted score of an odd length still ends with the picture', async () => {
  const { tools, path } = bench();
  const music = await bench().make('odd.mp3', '-f', 'lavfi', '-i', 'anoisesrc=c=pink:a=0.3:d=2.7');
  const score = path('odd.flac');
  await fitScore(tools, { input: music, output: score, durationSeconds: 5 });
  const output = path('odd.mp4');
  await assembleVideo(tools, { cut: await makeCut(bench(), 5), score, sounds: [], output, frameCount: 120 });
  const { streams } = await probeMedia(tools, output);
  const [picture, sound] = streams;
  expect(Math.abs(picture!.durationSeconds - sound!.durationSeconds)).toBeLessThan(0.025);
  // Some releases of ffmpeg also play the silence that fills the last AAC frame of 1024 samples.
  const { length } = await readSamples(bench(), output);
  expect(length).toBeGreaterThanOrEqual(240_000);
  expect(length).toBeLessThan(240_000 + 1_024);
});
