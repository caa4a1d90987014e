import { BeatreelClient } from '../../client/index.ts';
import { createFakeWorld } from './support/fake-world.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const note = 'it came damaged from its host: 1 frame shown as the frame before.';

let temporal: TestTemporal;
let fleet: Fleet;

beforeAll(async () => {
  temporal = await startTemporalServer();
  const { activities } = createFakeWorld();
  fleet = await startFleet(temporal.address, {
    ...activities,
    normaliseClip: async (request) => {
      const made = await activities.normaliseClip(request);
      return request.clipKey.includes('/b2-1') ? { ...made, note } : made;
    },
    fitScore: async (request) => ({ ...(await activities.fitScore(request)), note }),
  });
});

afterAll(async () => {
  await fleet.stop();
  await temporal.stop();
});

test('damage of a delivered file is a warning of the video, once, and a note of the unit', async () => {
  const client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: temporal.address } },
    taskQueue: fleet.taskQueue,
  });
  const { videoId } = await client.start({ prompt: 'Rain on a tin roof', durationSeconds: 10 });
  const { phases } = await client.wait(videoId);

  const { warnings } = await client.status(videoId);
  expect([...(warnings ?? [])].sort()).toEqual([`clip-b2-1: ${note}`, `score: ${note}`]);
  const noted = phases.flatMap(({ units }) => units.filter((unit) => unit.note !== undefined));
  expect(noted).toMatchObject([{ name: 'clip-b2-1', note }]);
  await client.close();
});
