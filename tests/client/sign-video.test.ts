import { signVideo } from '../../client/files/sign-video.ts';
import { putVideo } from './support/put-video.ts';
import { forgotten, newId, useFileStore } from './support/use-file-store.ts';

const bench = useFileStore();

test('an address of a finished video opens it without keys', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);

  const signed = await signVideo(bench.files, { videoId, record: forgotten }, { expiresInSeconds: 60 });

  const answer = await fetch(signed.url);
  expect(await answer.text()).toBe('video');
  expect(answer.headers.get('content-disposition')).toContain(`${videoId}.mp4`);
  expect(new URL(signed.url).searchParams.get('X-Amz-Expires')).toBe('60');
  expect(signed.manifestProven).toBe(false);
});

test('a video that is not there has no address', async () => {
  await expect(signVideo(bench.files, { videoId: newId(), record: forgotten })).rejects.toMatchObject({
    code: 'ManifestMissing',
  });
});

test.each([0, 1.5, 604_801, Number.NaN])('an address for %s seconds is refused', async (expiresInSeconds) => {
  const signing = signVideo(bench.files, { videoId: 'any', record: forgotten }, { expiresInSeconds });
  await expect(signing).rejects.toThrow(RangeError);
});
