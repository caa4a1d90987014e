import { createUpload } from '../../storage/multipart-upload.ts';
import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { deleteVideo } from '../../client/files/delete-video.ts';
import { expireVideos } from '../../client/files/expire-videos.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';

let server: TestObjectStore;
let store: ObjectStore;
let files: FileStore;
const id = `delete-${Date.now()}`;
const dayMs = 86_400_000;
const over = () => Promise.resolve(false);

beforeAll(async () => {
  server = await startObjectStore();
  store = createObjectStore(server.s3);
  files = new FileStore(server.s3.settings);
});

afterAll(async () => {
  files.close();
  await server.stop();
});

/** A video of two objects, one of them a purchase. */
async function put(videoId: string, state = 'succeeded'): Promise<void> {
  await store.putJson(`videos/${videoId}/brief.json`, { prompt: 'The lamp' });
  await store.putJson(`videos/${videoId}/ledger/still-b1-t0-abc.json`, {
    videoId,
    medium: 'still',
    beat: 'b1',
    chunk: 0,
    take: 0,
    state,
    host: 'replicate',
    model: 'flux-schnell',
    highestPriceUsd: 0.5,
    ...(state === 'succeeded' ? { costUsd: 0.25, endedAt: '2026-11-28T00:01:00.000Z' } : {}),
    claimedAt: '2026-11-28T00:00:00.000Z',
  });
}

async function keysOf(videoId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(`videos/${videoId}/`)) keys.push(key);
  return keys;
}

test('everything of a video that has ended goes, its open uploads too, and nothing of another', async () => {
  const [video, other] = [`${id}-one`, `${id}-one-more`];
  await put(video);
  await put(other);
  await createUpload(server.s3, { key: `videos/${video}/chunks/b1-1.mp4`, contentType: 'video/mp4' });

  const plan = await deleteVideo({ files, isRunning: over }, video, { dryRun: true });
  expect(plan).toMatchObject({ dryRun: true, objects: 2, openUploads: 1, spentUsd: 0.25 });
  expect(await keysOf(video)).toHaveLength(2);

  expect(await deleteVideo({ files, isRunning: over }, video)).toEqual({ ...plan, dryRun: false });
  expect(await keysOf(video)).toEqual([]);
  expect(await store.listOpenUploads(`videos/${video}/`)).toEqual([]);
  expect(await keysOf(other)).toHaveLength(2);
  await expect(deleteVideo({ files, isRunning: over }, video)).rejects.toMatchObject({
    code: 'VideoNotFound',
  });
});

test('a video that runs keeps everything, and the command that ends it is named', async () => {
  await put(`${id}-runs`);
  const deleting = deleteVideo({ files, isRunning: () => Promise.resolve(true) }, `${id}-runs`);
  await expect(deleting).rejects.toMatchObject({
    code: 'NotDeletable',
    nextStep: `End it first: beatreel cancel ${id}-runs --wait`,
  });
  expect(await keysOf(`${id}-runs`)).toHaveLength(2);
});

test.each(['posting', 'submitted'])('a video with an order that is %s keeps its ledger', async (state) => {
  await put(`${id}-${state}`, state);
  const deleting = deleteVideo({ files, isRunning: over }, `${id}-${state}`);
  await expect(deleting).rejects.toThrow('1 of its orders may be live at replicate');
  expect(await keysOf(`${id}-${state}`)).toHaveLength(2);
});

test.each(['../other', 'UPPER', ''])('%j is no id, and no folder is named by it', async (videoId) => {
  await expect(deleteVideo({ files, isRunning: over }, videoId)).rejects.toMatchObject({
    code: 'VideoNotFound',
  });
});

test('expiry takes what nobody has written to for so long and has ended, and says what it left', async () => {
  await put(`${id}-old`);
  await put(`${id}-waits`);
  const isRunning = (videoId: string) => Promise.resolve(videoId !== `${id}-old`);
  const own = <T extends { readonly videoId: string }>(videos: readonly T[]) =>
    videos.filter(({ videoId }) => [`${id}-old`, `${id}-waits`].includes(videoId));

  const early = await expireVideos({ files, isRunning }, { olderThanDays: 1 });
  expect([own(early.deleted), own(early.kept)]).toEqual([[], []]);

  const now = () => Date.now() + 2 * dayMs;
  const late = await expireVideos({ files, isRunning, now }, { olderThanDays: 1 });
  expect(own(late.deleted)).toMatchObject([{ videoId: `${id}-old`, objects: 2 }]);
  expect(own(late.kept)).toMatchObject([{ videoId: `${id}-waits` }]);
  expect(await keysOf(`${id}-old`)).toEqual([]);
  await expect(expireVideos({ files, isRunning }, { olderThanDays: 0 })).rejects.toThrow(RangeError);
});

test('the rule by which the bucket deletes by itself is set once, beside the others', async () => {
  const rule = { prefix: `videos-${id}/`, afterDays: 90 };
  const uploads = { prefix: `videos-${id}/`, afterDays: 1 };
  await store.installAbortRule(uploads);
  expect(await store.installExpiryRule(rule)).toBe('installed');
  expect(await store.installExpiryRule(rule)).toBe('present');
  expect(await store.hasExpiryRule(rule)).toBe(true);
  expect(await store.hasExpiryRule({ ...rule, afterDays: 30 })).toBe(false);
  expect(await store.hasAbortRule(uploads)).toBe(true);
});
