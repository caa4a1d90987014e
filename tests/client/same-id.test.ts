import { type BriefInput, BeatreelClient } from '../../client/index.ts';
import { createFakeWorld } from './support/fake-world.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const brief: BriefInput = { prompt: 'Rain on a tin roof', durationSeconds: 10, tenant: 'acme' };

let temporal: TestTemporal;
let fleet: Fleet;
let client: BeatreelClient;

beforeAll(async () => {
  temporal = await startTemporalServer();
  fleet = await startFleet(temporal.address, createFakeWorld().activities);
  client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: temporal.address } },
    taskQueue: fleet.taskQueue,
  });
});

afterAll(async () => {
  await client.close();
  await fleet.stop();
  await temporal.stop();
});

test('the same request id of a tenant gives the same video and starts nothing twice', async () => {
  const first = await client.start({ ...brief, requestId: 'order-1' });
  expect(first.videoId).toMatch(/^r-[0-9a-f]{24}$/);
  await client.wait(first.videoId);

  expect(await client.start({ ...brief, requestId: 'order-1' })).toEqual({ ...first, alreadyStarted: true });
  const other = await client.start({ ...brief, requestId: 'order-1', tenant: 'globex' });
  expect(other.videoId).not.toBe(first.videoId);
});

test('ten starts at once with one request id start one video', async () => {
  const starts = await Promise.all(
    Array.from({ length: 10 }, () => client.start({ ...brief, requestId: 'order-2' })),
  );
  expect(new Set(starts.map(({ runId }) => runId)).size).toBe(1);
  expect(starts.filter(({ alreadyStarted }) => !alreadyStarted)).toHaveLength(1);
});

test('an id of another brief is refused with what differs, and the same brief gets its video', async () => {
  const videoId = `chosen-${Date.now()}`;
  const { runId } = await client.start(brief, { videoId });

  await expect(client.start({ ...brief, prompt: 'Snow', seed: 7 }, { videoId })).rejects.toMatchObject({
    code: 'VideoIdTaken',
    videoId,
    differences: ['prompt', 'seed'],
  });
  expect(await client.start(brief, { videoId })).toEqual({ videoId, runId, alreadyStarted: true });
});

test('a video that was started without the client is known by its brief as well', async () => {
  const videoId = `by-hand-${Date.now()}`;
  const { Client, Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address: temporal.address });
  await new Client({ connection }).workflow.start('generateVideo', {
    workflowId: videoId,
    taskQueue: fleet.taskQueue,
    args: [brief],
  });
  await connection.close();

  expect(await client.start(brief, { videoId })).toMatchObject({ videoId, alreadyStarted: true });
  await expect(client.start({ ...brief, prompt: 'Snow' }, { videoId })).rejects.toMatchObject({
    differences: ['prompt'],
  });
});
