import { createFitScore } from '../../activities/fit-score.ts';
import { createNormaliseClip } from '../../activities/normalise-clip.ts';
import type { RenderDependencies } from '../../activities/media/media-tools.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import { damagePackets } from '../media/support/damage.ts';
import { useMediaBench } from '../media/support/media-bench.ts';
import { runActivity } from './support/run-activity.ts';
import { type ActivityBench, startActivityBench } from './support/start-activity-bench.ts';

const media = useMediaBench();
let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

const tone = ['-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=2'];
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=192x108:r=24:d=2'];

function dependencies(): RenderDependencies {
  return { store: bench.worker.store, tools: media().tools, scratchRoot: media().folder };
}

async function put(key: string, file: string, contentType: string): Promise<ArtifactRef> {
  return bench.worker.store.putFile(key, file, { contentType });
}

async function normalise(chunk: ArtifactRef) {
  const folder = chunk.key.replace(/[^/]+$/, '');
  const keys = { clipKey: `${folder}clip.mp4`, soundKey: `${folder}clip.flac` };
  const request = { chunk, frameCount: 48, aspectRatio: '16:9' as const, ...keys };
  return runActivity(createNormaliseClip(dependencies()), request);
}

test('a clip of a damaged chunk carries a note that says what was made good', async () => {
  const whole = await media().make('chunk.mp4', ...picture, ...tone, '-pix_fmt', 'yuv420p', '-bf', '0');
  const inPicture = await damagePackets(media(), whole, { track: 'v:0', packets: [20, 30] });
  const { damaged } = await damagePackets(media(), inPicture.damaged, { track: 'a:0', packets: [40] });
  const folder = `videos/${bench.newVideoId()}/clips`;

  const { note, sound } = await normalise(await put(`${folder}/chunk.mp4`, damaged, 'video/mp4'));

  expect(note).toMatch(
    /^it came damaged from its host: 2 frames shown as the frame before.*, 0\.0\d\d s of sound replaced by silence\.$/,
  );
  expect(sound?.durationSeconds).toBe(2);
});

test('a clip of a chunk that is whole carries none', async () => {
  const whole = await media().make('whole.mp4', ...picture, ...tone, '-pix_fmt', 'yuv420p');
  const folder = `videos/${bench.newVideoId()}/clips`;
  const { note } = await normalise(await put(`${folder}/chunk.mp4`, whole, 'video/mp4'));

  expect(note).toBeUndefined();
});

test('a damaged score carries a note, and its file is as long as the video', async () => {
  const whole = await media().make('music.m4a', ...tone, '-c:a', 'aac');
  const { damaged } = await damagePackets(media(), whole, { track: 'a:0', packets: [30, 31] });
  const folder = `videos/${bench.newVideoId()}/scores`;
  const score = await put(`${folder}/score.m4a`, damaged, 'audio/mp4');
  const request = { score, durationSeconds: 1.5, key: `${folder}/fitted.flac` };

  const fitted = await runActivity(createFitScore(dependencies()), request);

  expect(fitted.note).toMatch(/^it came damaged from its host: 0\.\d+ s of sound replaced by silence\.$/);
  expect(fitted.durationSeconds).toBe(1.5);
});

test('a clip of a chunk that came too short says how it was made longer', async () => {
  const short = await media().make('short.mp4', ...picture, '-pix_fmt', 'yuv420p', '-t', '1.4');
  const folder = `videos/${bench.newVideoId()}/clips`;

  const { note, clip } = await normalise(await put(`${folder}/chunk.mp4`, short, 'video/mp4'));

  expect(note).toMatch(/^it came 0\.\d+ s too short .*: its last second is in slow motion\.$/);
  expect(clip).toMatchObject({ durationSeconds: 2 });
});

test.each([
  ['silent', 'anullsrc=r=44100:cl=stereo:d=2', /^it is silent\.$/],
  [
    'nearly silent',
    'sine=f=440:r=44100:d=2,volume=-38dB',
    /^it is nearly silent \(-\d+\.\d LUFS\), and stays so\.$/,
  ],
])('a score that is %s says so', async (what, source, words) => {
  const music = await media().make(`${what}.wav`, '-f', 'lavfi', '-i', source);
  const folder = `videos/${bench.newVideoId()}/scores`;
  const score = await put(`${folder}/score.wav`, music, 'audio/wav');
  const request = { score, durationSeconds: 1.5, key: `${folder}/fitted.flac` };

  expect((await runActivity(createFitScore(dependencies()), request)).note).toMatch(words);
});
