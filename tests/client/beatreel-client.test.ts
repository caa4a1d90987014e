import type { BriefInput, VideoProgress } from '../../client/index.ts';
import { BeatreelClient, VideoParked } from '../../client/index.ts';
import { createFakeWorld, type FakeWorld, unknownModel } from './support/fake-world.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';
import { until } from '../support/until.ts';

const brief: BriefInput = { prompt: 'Rain on a tin roof', durationSeconds: 10, tenant: 'acme' };

let temporal: TestTemporal;
let fleet: Fleet;
let world: FakeWorld;
let client: BeatreelClient;

beforeAll(async () => {
  temporal = await startTemporalServer();
  world = createFakeWorld();
  fleet = await startFleet(temporal.address, world.activities);
  client = await connect(fleet.taskQueue);
});

beforeEach(() => {
  world.failing.clear();
  world.prompts.clear();
});

afterEach(() => {
  world.release();
});

afterAll(async () => {
  await client.close();
  await fleet.stop();
  await temporal.stop();
});

async function connect(taskQueue: string): Promise<BeatreelClient> {
  return BeatreelClient.connect({
    temporal: { connectionOptions: { address: temporal.address } },
    taskQueue,
  });
}

async function startParked(options: Partial<BriefInput> = {}): Promise<string> {
  world.failing.add('still-b2');
  const { videoId } = await client.start({ ...brief, ...options });
  await expect(client.wait(videoId)).rejects.toThrow(VideoParked);
  return videoId;
}

test('a brief becomes a video whose id tells its title', async () => {
  const started = await client.start({ ...brief, title: 'Déjà vu: the Rain!' });
  expect(started).toMatchObject({ alreadyStarted: false });
  expect(started.videoId).toMatch(/^deja-vu-the-rain-[a-z2-7]{8}$/);

  const result = await client.wait(started.videoId);
  expect(result).toMatchObject({
    videoId: started.videoId,
    status: 'succeeded',
    beats: 2,
    stills: 2,
    chunks: 2,
  });
  expect(await client.result(started.videoId)).toEqual(result);
  expect(await client.status(started.videoId)).toMatchObject({
    status: 'succeeded',
    title: 'Déjà vu: the Rain!',
  });
});

test('a brief is refused at the door with every problem', async () => {
  const wrong = { prompt: 'x', durationSeconds: 3, colour: 'red' } as BriefInput;
  await expect(client.start(wrong, { videoId: 'No Good' })).rejects.toMatchObject({
    code: 'InvalidBrief',
    problems: [{ field: 'durationSeconds' }, { field: 'colour' }, { field: 'videoId' }],
  });
});

test('a brief that the workflow refuses is an invalid brief for whoever waits', async () => {
  const { videoId } = await client.start({ ...brief, models: { still: unknownModel } });
  await expect(client.wait(videoId)).rejects.toMatchObject({
    code: 'InvalidBrief',
    problems: [{ field: 'models.still', rule: 'one of fake' }],
    message: expect.stringContaining('models.still is "no-such-model"') as unknown,
  });
});

test('waiting for a video that parks throws and names the failed units', async () => {
  const videoId = await startParked();
  await expect(client.wait(videoId)).rejects.toMatchObject({
    code: 'VideoParked',
    units: [{ phase: 'storyboard', name: 'still-b2', beat: 'b2', failure: { type: 'ContentRejected' } }],
    message: expect.stringContaining('still-b2 (ContentRejected: The picture shows') as unknown,
  });
  await expect(client.result(videoId)).rejects.toMatchObject({ code: 'VideoNotFinished' });
});

test('a failed unit is bought again and the video ends well', async () => {
  const videoId = await startParked();
  world.failing.clear();
  expect(await client.retry(videoId, { beat: 'b2' })).toEqual({ units: ['still-b2'] });
  expect(await client.wait(videoId)).toMatchObject({ status: 'succeeded', stills: 2 });
  expect(world.prompts.get('still-b2')).toEqual(['still 1', 'still 1']);
});

test('a retry that matches nothing is refused in the words of the workflow', async () => {
  const videoId = await startParked();
  await expect(client.retry(videoId, { beat: 'b1' })).rejects.toMatchObject({
    code: 'NotRetryable',
    message: expect.stringContaining('No failed unit matches; failed are still-b2.') as unknown,
  });
  await expect(client.retry(videoId, { beat: -1 })).rejects.toThrow('count from 1');
});

test('a video that has ended accepts no retry', async () => {
  const { videoId } = await client.start(brief);
  await client.wait(videoId);
  await expect(client.retry(videoId)).rejects.toThrow(
    'The video is succeeded; units are retried while it is parked.',
  );
});

test('a video that fails by its units says which', async () => {
  world.failing.add('still-b1');
  const { videoId } = await client.start({ ...brief, onFailure: 'fail' });
  await expect(client.wait(videoId)).rejects.toMatchObject({
    code: 'VideoFailed',
    units: [{ phase: 'storyboard', name: 'still-b1' }],
  });
  const reason = expect.stringMatching(
    /^There is 1 still for 2 beats\. Failed: still-b1: ContentRejected/,
  ) as unknown;
  expect(await client.status(videoId)).toMatchObject({ reason, problem: reason });
  // Visibility lags behind.
  const listed = await until(
    async () =>
      (await client.list({ phase: 'failed', limit: 1000 })).find((video) => video.videoId === videoId),
    { what: 'the failed video in the listing' },
  );
  expect(listed).toMatchObject({ reason });
});

test('a canceled video is canceled for whoever waits, and canceling it again changes nothing', async () => {
  world.hold();
  const { videoId } = await client.start(brief);
  const waiting = client.wait(videoId);
  waiting.catch(() => undefined);
  expect(await client.cancel(videoId)).toEqual({ requested: true, status: 'running' });
  world.release();
  await expect(waiting).rejects.toMatchObject({ code: 'VideoCanceled', videoId });
  expect(await client.cancel(videoId)).toEqual({ requested: false, status: 'canceled' });
  expect(await client.status(videoId)).toMatchObject({ status: 'canceled' });
});

test('watching yields every change it sees, in order, and ends with the video', async () => {
  world.hold();
  const { videoId } = await client.start(brief);
  const seen: VideoProgress[] = [];
  for await (const progress of client.watch(videoId, { intervalMs: 50 })) {
    seen.push(progress);
    if (progress.phase === 'storyboard') world.release();
  }
  const revisions = seen.map(({ changes }) => changes);
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toMatchObject({ status: 'succeeded', phase: 'music' });
});

test('watching ends with a parked video when asked to', async () => {
  const videoId = await startParked();
  const seen: string[] = [];
  for await (const { status } of client.watch(videoId, { endWhenParked: true })) seen.push(status);
  expect(seen).toEqual(['parked']);
});

test('watching and waiting end with the reason of their signal', async () => {
  const videoId = await startParked();
  const watching = new AbortController();
  const watch = async () => {
    const changes = client.watch(videoId, { signal: watching.signal });
    await changes.next();
    watching.abort(new Error('enough'));
    await changes.next();
  };
  await expect(watch()).rejects.toThrow('enough');
  await expect(client.wait(videoId, { signal: AbortSignal.abort(new Error('no more')) })).rejects.toThrow(
    'no more',
  );
});

test('closing a client ends what watches and waits through it', async () => {
  const videoId = await startParked();
  const own = await connect(fleet.taskQueue);
  const changes = own.watch(videoId, { intervalMs: 50 });
  await changes.next();
  const watching = changes.next();
  watching.catch(() => undefined);
  await own.close();
  await expect(watching).rejects.toThrow('the client is closed');
});

test('waiting has a limit, and the video goes on', async () => {
  world.hold();
  const { videoId } = await client.start(brief);
  await expect(client.wait(videoId, { timeoutMs: 1 })).rejects.toMatchObject({
    code: 'WaitTimedOut',
    timeoutMs: 1,
  });
  world.release();
  expect(await client.wait(videoId)).toMatchObject({ status: 'succeeded' });
});

test('videos are listed by tenant and by phase', async () => {
  const tenant = `tenant-${Date.now()}`;
  const parked = await startParked({ tenant, title: 'Parked one' });
  world.failing.clear();
  const { videoId } = await client.start({ ...brief, tenant });
  await client.wait(videoId);
  // Visibility lags behind.
  for (;;) {
    const [first] = await client.list({ tenant, phase: 'succeeded' });
    if (first) break;
  }
  const all = await client.list({ tenant });
  expect(all.map((video) => video.videoId)).toEqual([parked, videoId]);
  expect(await client.list({ tenant, phase: 'parked' })).toMatchObject([
    { videoId: parked, status: 'parked', title: 'Parked one', tenant, beats: 2 },
  ]);
  expect(await client.list({ tenant, limit: 1 })).toHaveLength(1);
  await expect(client.list({ tenant: "x' OR 1=1" })).rejects.toThrow('tenant is');
});

test('an unknown id is a video that was not found, whatever is asked of it', async () => {
  const questions = [
    () => client.status('nobody'),
    () => client.wait('nobody'),
    () => client.result('nobody'),
    () => client.cancel('nobody'),
    () => client.retry('nobody'),
    () => client.watch('nobody').next(),
    () => client.status('No Id'),
  ];
  for (const ask of questions) await expect(ask()).rejects.toMatchObject({ code: 'VideoNotFound' });
});

test('a terminated video has failed, also for its watcher', async () => {
  const videoId = await startParked();
  const { Client, Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address: temporal.address });
  await new Client({ connection }).workflow.getHandle(videoId).terminate('enough');
  await connection.close();
  await expect(client.wait(videoId)).rejects.toMatchObject({
    code: 'VideoFailed',
    message: expect.stringContaining('enough') as unknown,
  });
  const seen: string[] = [];
  for await (const { status } of client.watch(videoId)) seen.push(status);
  expect(seen).toEqual(['failed']);
  expect(await client.status(videoId)).toMatchObject({
    status: 'failed',
    reason: 'Its workflow was terminated (enough). Nothing was cleaned up after it.',
    nextStep: `End what still runs at the hosts: beatreel cancel ${videoId}`,
  });
});
