import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { createUpload } from '../../storage/multipart-upload.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { sweepUploads } from '../../client/files/sweep-uploads.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';

let server: TestObjectStore;
let store: ObjectStore;
let files: FileStore;
const id = `sweep-${Date.now()}`;
const tomorrow = () => Date.now() + 25 * 3_600_000;
const nobody = () => Promise.resolve(false);

beforeAll(async () => {
  server = await startObjectStore();
  store = createObjectStore(server.s3);
  files = new FileStore(server.s3.settings);
});

afterAll(async () => {
  files.close();
  await server.stop();
});

afterEach(async () => {
  for (const { key, uploadId } of await store.listOpenUploads(`videos/${id}`))
    await store.abortUpload(key, uploadId);
});

async function begin(videoId: string): Promise<string> {
  const key = `videos/${videoId}/chunks/b1-1.mp4`;
  await createUpload(server.s3, { key, contentType: 'video/mp4' });
  return key;
}

/** Keeps only uploads of this test file, because others may share the store. */
const own = <T extends { readonly videoId: string }>(uploads: readonly T[]) =>
  uploads.filter(({ videoId }) => videoId.startsWith(id));

test('only old uploads of videos that do not run are aborted', async () => {
  const [dead, alive] = [await begin(`${id}-dead`), await begin(`${id}-alive`)];
  const isRunning = (videoId: string) => Promise.resolve(videoId !== `${id}-dead`);
  const early = await sweepUploads({ files, isRunning });
  expect(own(early.aborted)).toEqual([]);
  expect(
    own(early.kept)
      .map(({ reason }) => reason)
      .sort(),
  ).toEqual(['running', 'young']);

  const late = await sweepUploads({ files, isRunning, now: tomorrow });
  expect(own(late.aborted)).toMatchObject([{ key: dead, videoId: `${id}-dead` }]);
  expect(own(late.kept)).toMatchObject([{ key: alive, reason: 'running' }]);
  expect((await store.listOpenUploads(`videos/${id}`)).map(({ key }) => key)).toEqual([alive]);
});

test('a dry run says the same and changes nothing', async () => {
  const key = await begin(`${id}-dry`);
  const report = await sweepUploads({ files, isRunning: nobody, now: tomorrow }, { dryRun: true });
  expect(own(report.aborted)).toMatchObject([{ key }]);
  expect(await store.listOpenUploads(`videos/${id}-dry`)).toHaveLength(1);
});

test('less than an hour is refused: a transfer may still be at work', async () => {
  const sweeping = sweepUploads({ files, isRunning: nobody }, { olderThanHours: 0.5 });
  await expect(sweeping).rejects.toThrow('olderThanHours is 0.5');
});

test('the rule of the bucket is set once, beside the rules that are there', async () => {
  const rule = { prefix: `videos-${id}/`, afterDays: 1 };
  expect(await store.hasAbortRule(rule)).toBe(false);
  expect(await store.installAbortRule(rule)).toBe('installed');
  expect(await store.hasAbortRule(rule)).toBe(true);
  expect(await store.installAbortRule(rule)).toBe('present');
  expect(await store.installAbortRule({ ...rule, afterDays: 2 })).toBe('installed');
  expect(await store.hasAbortRule(rule)).toBe(false);
});
