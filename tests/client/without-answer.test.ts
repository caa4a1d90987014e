import { Connection } from '@temporalio/client';

import type { BriefInput } from '../../client/index.ts';
import { BeatreelClient, ensureSearchAttributes } from '../../client/index.ts';
import { createFakeWorld } from './support/fake-world.ts';
import { startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const brief: BriefInput = { prompt: 'Rain on a tin roof', durationSeconds: 10 };

let temporal: TestTemporal;

beforeAll(async () => {
  temporal = await startTemporalServer();
});

afterAll(async () => {
  await temporal.stop();
});

async function connect(taskQueue: string): Promise<BeatreelClient> {
  return BeatreelClient.connect({
    temporal: { connectionOptions: { address: temporal.address } },
    taskQueue,
  });
}

test('the search attributes are registered once, however often and by however many it is asked', async () => {
  const connection = await Connection.connect({ address: temporal.address });
  await Promise.all([1, 2, 3].map(() => ensureSearchAttributes(connection, 'default')));
  expect(await ensureSearchAttributes(connection, 'default')).toEqual({ added: [], missing: [] });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: 'default',
  });
  expect(Object.keys(customAttributes)).toEqual(
    expect.arrayContaining(['BeatreelPhase', 'BeatreelTenant', 'BeatreelBeats', 'BeatreelCostUsd']),
  );
  await connection.close();
});

test('a server that does not answer is named with the variable that says where it is', async () => {
  const connecting = BeatreelClient.connect({
    temporal: { connectionOptions: { address: '127.0.0.1:9', connectTimeout: 200 } },
  });
  await expect(connecting).rejects.toMatchObject({
    code: 'ServerUnreachable',
    server: 'Temporal',
    message: expect.stringMatching(/127\.0\.0\.1:9 .*TEMPORAL_ADDRESS/) as unknown,
  });
});

test('a namespace that does not exist is a setting to correct', async () => {
  const stranger = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: temporal.address }, namespace: 'elsewhere' },
  });
  await expect(stranger.status('nobody')).rejects.toMatchObject({
    code: 'InvalidSettings',
    message: expect.stringContaining('TEMPORAL_NAMESPACE') as unknown,
  });
  await stranger.close();
});

test('a video that no worker serves is safe, and says that it waits for a worker', async () => {
  const lonely = await connect(`unserved-${Date.now()}`);
  const { videoId } = await lonely.start(brief);
  await expect(lonely.status(videoId)).rejects.toMatchObject({ code: 'NoWorkerAnswers', videoId });
  await lonely.cancel(videoId);
  await lonely.close();
});

test("a finished video's result is known without a worker", async () => {
  const own = await startFleet(temporal.address, createFakeWorld().activities);
  const visitor = await connect(own.taskQueue);
  const { videoId } = await visitor.start({ ...brief, title: 'Remembered' });
  await visitor.wait(videoId);
  const known = await visitor.status(videoId);
  await own.stop();
  const { phases, costUsd, beats } = known;
  const remembered = {
    videoId,
    status: 'succeeded',
    title: 'Remembered',
    phase: 'music',
    phases,
    costUsd,
    beats,
  };
  expect(await visitor.status(videoId)).toMatchObject(remembered);
  await visitor.close();
});
