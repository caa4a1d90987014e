import { accountOf, isIdle } from '../account/support/account-of.ts';
import { stillsOf } from '../support/at-the-host.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';

let fleet: Fleet;

beforeEach(async () => {
  fleet = await startFleet({
    serve: false,
    account: { concurrentStills: 5, concurrentChunks: 3 },
    standIn: { stillSeconds: 0.3, clipSeconds: 0.3 },
  });
});
afterEach(async () => {
  await accountOf(fleet)
    .handle.terminate()
    .catch(() => undefined);
  await fleet.close();
});

const tenantA = { tenant: 'a', music: { enabled: false } } as const;
const tenantB = { tenant: 'b', music: { enabled: false }, prompt: 'The one video of tenant b' } as const;

test('fifty videos of one tenant and one of another share an account, although a worker is killed', async () => {
  const { control } = fleet.standIn;
  const account = accountOf(fleet);
  // Three processes, this one among them.
  const [first] = await Promise.all([fleet.startProcess(), fleet.startProcess(), fleet.serve()]);
  control.setBarrier({ kind: 'still' });
  const many = await Promise.all(Array.from({ length: 50 }, () => fleet.startVideo(briefOf(1, tenantA))));
  await account.when(
    'all of A wait or hold',
    ({ live, waiting }) => live.length + (waiting[0]?.count ?? 0) === 50,
  );

  const one = await fleet.startVideo(briefOf(1, tenantB));
  await account.when('B waits', ({ waiting }) => waiting.some(({ tenant }) => tenant === 'b'));
  await control.waitFor({ held: 5 });
  const before = stillsOf(fleet.standIn).length;
  // Releases the stills.
  control.setBarrier({ kind: 'clip', count: 3 });
  await control.waitFor({ creates: before + 4 });
  await first.end('SIGKILL');
  await until(() => control.counters().createsByKind.clip === many.length + 1, {
    what: 'a clip for each video',
  });
  await account.when('nobody left', isIdle);

  const { maxInFlight, createsByKind } = control.counters();
  expect(maxInFlight).toMatchObject({ still: 5, clip: 3 });
  expect(createsByKind).toMatchObject({ still: 51, clip: 51 });
  const ownStill = await firstStillOf(one.id);
  const rank = stillsOf(fleet.standIn).findIndex(({ id }) => id === ownStill) - before;
  expect(rank).toBeLessThan(10);
  await fleet.reset();
  expect(isIdle(await account.report())).toBe(true);
});

async function firstStillOf(videoId: string): Promise<string | undefined> {
  return until(
    async () => {
      for await (const { entry } of fleet.dependencies.ledger.list(videoId))
        if (entry.medium === 'still') return entry.predictionId;
      return undefined;
    },
    { what: `the still of ${videoId}` },
  );
}
