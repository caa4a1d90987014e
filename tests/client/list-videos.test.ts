import { randomUUID } from 'node:crypto';

import { Client, Connection } from '@temporalio/client';

import { type BriefInput, BeatreelClient, type ListablePhase } from '../../client/index.ts';
import { until } from '../support/until.ts';
import { createFakeWorld, type FakeWorld } from './support/fake-world.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const tenant = `t-${randomUUID()}`;
const brief: BriefInput = { prompt: 'Rain on a tin roof', durationSeconds: 10, tenant };

let temporal: TestTemporal;
let connection: Connection;
let fleet: Fleet;
let world: FakeWorld;
let client: BeatreelClient;

beforeAll(async () => {
  temporal = await startTemporalServer();
  connection = await Connection.connect({ address: temporal.address });
  world = createFakeWorld();
  fleet = await startFleet(temporal.address, world.activities);
  client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: temporal.address } },
    taskQueue: fleet.taskQueue,
  });
});

afterAll(async () => {
  world.release();
  await client.close();
  await fleet.stop();
  await connection.close();
  await temporal.stop();
});

/** Visibility lags behind. */
async function untilListed(phase: ListablePhase, videoId: string) {
  const find = async () => (await client.list({ phase, tenant })).find((video) => video.videoId === videoId);
  return until(find, { what: `${videoId} among the videos that are ${phase}` });
}

test('a listing by status says what the status says, also of a video that was terminated', async () => {
  const { videoId: done } = await client.start(brief);
  await client.wait(done);
  world.hold();
  const { videoId: running } = await client.start(brief);
  const { videoId: terminated } = await client.start(brief);
  await new Client({ connection }).workflow.getHandle(terminated).terminate('enough');

  expect(await untilListed('succeeded', done)).toMatchObject({ status: 'succeeded' });
  expect(await untilListed('running', running)).toMatchObject({ status: 'running' });
  expect(await untilListed('failed', terminated)).toMatchObject({
    status: 'failed',
    reason: 'Its workflow was terminated (enough). Nothing was cleaned up after it.',
  });
});

test('a video that was started without the client is listed with the title of its brief', async () => {
  const videoId = `by-hand-${randomUUID()}`;
  await new Client({ connection }).workflow.start('generateVideo', {
    workflowId: videoId,
    taskQueue: fleet.taskQueue,
    args: [{ ...brief, title: 'By hand' }],
  });

  const found = await until(
    async () => (await client.list({ limit: 1000 })).find((video) => video.videoId === videoId),
    { what: 'the video in the listing' },
  );
  expect(found).toMatchObject({ title: 'By hand' });
});

test('an estimate leaves nothing among the workflows', async () => {
  await client.estimate(brief);

  const isGone = async () => {
    const left: string[] = [];
    const query = `WorkflowType = 'estimateVideo' AND TaskQueue = '${fleet.taskQueue}'`;
    for await (const { workflowId } of new Client({ connection }).workflow.list({ query }))
      left.push(workflowId);
    return left.length === 0;
  };
  expect(await until(isGone, { what: 'the end of the estimate in the listing' })).toBe(true);
});
