import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import type { RefusingRoad } from '../support/start-refusing-road.ts';
import { startRefusingRoad } from '../support/start-refusing-road.ts';
import { readManifest } from '../support/verify.ts';

let fleet: Fleet;
let road: RefusingRoad;

beforeAll(async () => {
  const store = process.env['S3_ENDPOINT'] ?? '';
  road = await startRefusingRoad(store);
  fleet = await startFleet({ stores: { workers: road.origin, webhooks: store } });
});
beforeEach(async () => {
  road.refuse(() => false);
  await fleet.reset();
});
afterAll(async () => {
  await fleet.close();
  await road.stop();
});

const silent = briefOf(1, { music: { enabled: false } });

test('a key that may not list uploads keeps no video from its end', async () => {
  road.refuse(({ method, query }) => method === 'GET' && query.has('uploads'));

  const video = await fleet.startVideo(silent);

  expect(await video.result()).toMatchObject({ status: 'succeeded' });
  expect(await readManifest(fleet, video.id)).toMatchObject({ status: 'succeeded' });
  expect(road.refused()).toBeGreaterThan(0);
});

test('one refusal while the manifest is written is tried again', async () => {
  let left = 1;
  road.refuse(({ method, path }) => method === 'PUT' && path.includes('/manifest-') && left-- > 0);

  const video = await fleet.startVideo(silent);

  expect(await video.result()).toMatchObject({ status: 'succeeded' });
});

test('a manifest that the store refuses on and on waits for a person, with everything else done', async () => {
  let isRefused = true;
  road.refuse(({ method, path }) => isRefused && method === 'PUT' && path.includes('/manifest-'));
  const video = await fleet.startVideo(silent);

  const parked = await video.whenStatus('parked');
  const units = parked.phases.flatMap((phase) => phase.units);
  expect(units.find(({ name }) => name === 'manifest')?.failure).toMatchObject({ type: 'StoreRefused' });
  expect(units.find(({ name }) => name === 'video')?.status).toBe('succeeded');

  isRefused = false;
  await video.retry({ unit: 'manifest' });
  expect(await video.result()).toMatchObject({ status: 'succeeded' });
  expect(fleet.standIn.control.counters().createsByKind).toMatchObject({ still: 1, clip: 1 });
});

test.each([
  ['a still', (path: string) => path.includes('/stills/')],
  ['a clip of ours', (path: string) => path.includes('/clips/')],
  ['the ledger', (path: string) => path.includes('/ledger/')],
])('a store that refuses %s three times gives up nothing that is paid for', async (_what, isMeant) => {
  let left = 3;
  road.refuse(({ method, path }) => method !== 'GET' && isMeant(path) && left-- > 0);

  const video = await fleet.startVideo(silent);

  expect(await video.result()).toMatchObject({ status: 'succeeded' });
  expect(left).toBeLessThanOrEqual(0);
  expect(fleet.standIn.control.counters().createsByKind).toMatchObject({ still: 1, clip: 1 });
});
