import type { BriefInput } from '../../client/index.ts';
import { BeatreelClient, VideoParked } from '../../client/index.ts';
import { createFakeWorld, type FakeWorld } from './support/fake-world.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const brief: BriefInput = { prompt: 'Rain on a tin roof', durationSeconds: 10 };

let temporal: TestTemporal;
let fleet: Fleet;
let world: FakeWorld;
let client: BeatreelClient;

beforeAll(async () => {
  temporal = await startTemporalServer();
  world = createFakeWorld();
  fleet = await startFleet(temporal.address, world.activities);
  const connectionOptions = { address: temporal.address };
  client = await BeatreelClient.connect({ temporal: { connectionOptions }, taskQueue: fleet.taskQueue });
});

beforeEach(() => {
  world.unreachable.clear();
});

afterAll(async () => {
  await client.close();
  await fleet.stop();
  await temporal.stop();
});

test('a take that nobody could reach is ended at the host before another one is bought, and its cost counts', async () => {
  world.unreachable.add('still-b2-t0');
  const { videoId } = await client.start(brief);
  await expect(client.wait(videoId)).rejects.toThrow(VideoParked);
  expect(world.ended).not.toContain('still-b2-t0');

  await client.retry(videoId, { beat: 'b2', newTake: true });
  const { phases } = await client.wait(videoId);

  expect(world.ended).toContain('still-b2-t0');
  expect(phases[1]?.units[1]).toMatchObject({ attempts: 2, costUsd: 0.014 });
});

test('a take that nobody could reach is asked for again, not bought, when nothing else is wanted', async () => {
  world.unreachable.add('still-b2-t0');
  const { videoId } = await client.start(brief);
  await expect(client.wait(videoId)).rejects.toThrow(VideoParked);
  world.unreachable.clear();

  await client.retry(videoId);
  const { phases } = await client.wait(videoId);

  expect(phases[1]?.units[1]).toMatchObject({ attempts: 1, costUsd: 0.01 });
});
