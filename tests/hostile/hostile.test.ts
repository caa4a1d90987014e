import { allKinds } from './support/kinds/all-kinds.ts';
import type { HostileFleet } from './support/hostile-fleet.ts';
import { startHostileFleet } from './support/hostile-fleet.ts';
import { runKinds } from './support/run-kinds.ts';

/** Quick kinds of every area; `npm run soak:hostile` plays all others. */
const played = {
  'create-cut-json': 'finished',
  'create-path-id': 'finished',
  'busy-400-digits': 'waiting',
  'look-braces': 'finished',
  'look-deep': 'parked (ArtifactMissing)',
  'look-error-escapes': 'parked (PredictionFailed)',
  'list-loop': 'parked (NeedsReconcile)',
  'list-endless': 'parked (NeedsReconcile)',
  'output-unresolved': 'parked (NotFetched)',
  'output-redirect-metadata': 'parked (NotFetched)',
  'output-playlist': 'parked (NotFetched)',
  'cancel-500': 'canceled',
};
const kinds = allKinds.filter(({ name }) => name in played);

let fleet: HostileFleet;

beforeAll(async () => {
  fleet = await startHostileFleet(kinds, process.env);
});
afterAll(() => fleet.close());

test('a host that is wrong in twelve ways sells nothing twice, ends no worker and fills no memory', async () => {
  const { kinds: reports, problems } = await runKinds(fleet, kinds);

  expect(problems).toEqual([]);
  expect(Object.fromEntries(reports.map(({ kind, outcome }) => [kind, outcome]))).toEqual(played);
});

test('60 ways and more are played in the soak, each under a name of its own', () => {
  expect(allKinds.length).toBeGreaterThanOrEqual(60);
  expect(new Set(allKinds.map(({ name }) => name)).size).toBe(allKinds.length);
});
