import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { createFinishVideo, type PlacedSound } from '../../activities/finish-video.ts';
import { createFitScore } from '../../activities/fit-score.ts';
import { createMakePreview } from '../../activities/make-preview.ts';
import type { RenderDependencies } from '../../activities/media/media-tools.ts';
import { probeMedia } from '../../activities/media/probe.ts';
import { pictureEncoding } from '../../activities/media/video-format.ts';
import type { ArtifactRef, FittedScore } from '../../domain/artifact.ts';
import { useMediaBench } from '../media/support/media-bench.ts';
import { soundHash } from '../media/support/parts.ts';
import { runActivity } from './support/run-activity.ts';
import { type ActivityBench, startActivityBench } from './support/start-activity-bench.ts';

const media = useMediaBench();
let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

const frameCount = 72;
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=192x108:r=24:d=3'];

test('the track of a score that is the whole sound of a video is made once, when it is fitted', async () => {
  const { folder, fit, finish } = await prepare();
  const [fitted, other] = [await fit(1), await fit(2)];

  const early = await finish('early', fitted);
  const late = await finish('late', { ...fitted, track: undefined });
  // Swapped files show which of the two is used.
  const swapped = await finish('swapped', { ...fitted, track: other.track });
  const still = await put(`${folder}/still.png`, 'image/png', ...picture, '-frames:v', '1');
  const shown = { pictures: [{ picture: still, frameCount }], aspectRatio: '16:9' as const };
  const preview = await runActivity(createMakePreview(dependencies()), {
    ...{ ...shown, score: { ...fitted, track: other.track }, pathStem: `${folder}/preview` },
  });

  const [wanted, ...rest] = await Promise.all(
    [early, late, swapped, preview.key, other.track!.key].map(storedSoundHash),
  );
  expect(rest).toEqual([wanted, rest[1], rest[1], rest[1]]);
  expect(rest[1]).not.toBe(wanted);
});

test('a track that cannot be encoded beside the footage costs no music: it is made in the end', async () => {
  const { fit, finish } = await prepare();
  const broken = media().path('ffmpeg-without-aac');
  const script = `#!/bin/sh\ncase "$*" in *aac*) echo "No such encoder" >&2; exit 1 ;; esac\nexec "${media().tools.ffmpeg}" "$@"\n`;
  await writeFile(broken, script, { mode: 0o755 });

  const fitted = await fit(1, { ...media().tools, ffmpeg: broken });
  const whole = await fit(2);

  expect(fitted).toMatchObject({ durationSeconds: 3, contentType: 'audio/flac' });
  expect(fitted.track).toBeUndefined();
  expect(whole.track).toBeDefined();
  const { streams } = await probeStored(await finish('late', fitted));
  expect(streams.map(({ type }) => type)).toEqual(['video', 'audio']);
});

test('a video in which a clip has a sound of its own gets a track of both', async () => {
  const { folder, fit, finish } = await prepare();
  const fitted = await fit(1);
  const voice = ['-f', 'lavfi', '-i', 'sine=f=3000:r=48000:d=1', '-ac', '2'];
  const sound = await put(`${folder}/clips/voice.flac`, 'audio/flac', ...voice);
  const sounds = [{ sound, startFrame: 24, frameCount: 24 }];

  const both = await storedSoundHash(await finish('both', fitted, sounds));

  expect(both).toBe(await storedSoundHash(await finish('without', { ...fitted, track: undefined }, sounds)));
  expect(both).not.toBe(await storedSoundHash(fitted.track!.key));
});

function dependencies(): RenderDependencies {
  return { store: bench.worker.store, tools: media().tools, scratchRoot: media().folder };
}

/** Makes a file with ffmpeg and puts it into the bucket. */
async function put(key: string, contentType: string, ...args: readonly string[]): Promise<ArtifactRef> {
  const file = await media().make(basename(key), ...args);
  return bench.worker.store.putFile(key, file, { contentType });
}

async function prepare() {
  const folder = `videos/${bench.newVideoId()}`;
  const cut = await put(`${folder}/cut.mp4`, 'video/mp4', ...picture, ...pictureEncoding);
  return {
    folder,
    fit: async (seed: number, tools = media().tools) => {
      const music = [
        '-f',
        'lavfi',
        '-i',
        `anoisesrc=c=pink:a=0.3:seed=${seed}:d=4`,
        '-ar',
        '48000',
        '-ac',
        '2',
      ];
      const score = await put(`${folder}/scores/${seed}.flac`, 'audio/flac', ...music);
      const key = `${folder}/scores/fitted-${seed}.flac`;
      return runActivity(createFitScore({ ...dependencies(), tools }), { score, durationSeconds: 3, key });
    },
    /** @returns the key of the video, each in its own folder, so that every one is made anew */
    finish: async (name: string, score: FittedScore, sounds: readonly PlacedSound[] = []) => {
      const request = { cut, score, sounds, frameCount, key: `${folder}/${name}/video-r1.mp4` };
      return (await runActivity(createFinishVideo(dependencies()), request)).key;
    },
  };
}

async function storedSoundHash(key: string): Promise<string> {
  return soundHash(media(), await download(key));
}

async function probeStored(key: string) {
  return probeMedia(media().tools, await download(key));
}

async function download(key: string): Promise<string> {
  const path = media().path('looked-at-' + key.replaceAll('/', '-'));
  const found = await bench.worker.store.head(key);
  if (!found) throw new RangeError(`There is no ${key}.`);
  const { sha256 } = await bench.worker.store.hashObject(key);
  await bench.worker.store.downloadToFile({ key, ...found, sha256, contentType: '' }, path);
  return path;
}
