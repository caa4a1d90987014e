import { stillsOf } from '../support/at-the-host.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { startFrailRoad } from '../storage/start-frail-road.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/start-worker-process.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';
import { startWatchedRoad, type RoadWatcher } from './support/start-watched-road.ts';

let fleet: Fleet;

beforeEach(async () => {
  fleet = await startFleet({ serve: false });
  fleet.standIn.control.setBarrier({ kind: 'clip' });
  await fleet.serve({ pools: ['orchestrator', 'transfer', 'render'] });
});
afterEach(() => fleet.close());

test('a worker that is held up while its order is on its way is not overtaken by a second purchase', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { kind: 'still' }, fault: { type: 'delayReply', seconds: 2, when: 'after' } }]);
  const first = await fleet.startProcess(['generate']);
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  // The host has taken the order; the stopped worker does not read its answer.
  await control.waitFor({ creates: 1 });
  first.signal('SIGSTOP');
  await fleet.startProcess(['generate']);
  await until(async () => (await pendingAttempt(video)) > 1, { what: 'a second attempt at the order' });
  first.signal('SIGCONT');

  await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn).map(({ status }) => status)).toEqual(['succeeded']);
  expect(control.counters().createsByKind.still).toBe(1);
});

test.each([
  ['after it claimed the purchase', 'after', 'claimed'],
  ['after it wrote that it is posting, before it posts', 'after', 'posting'],
  ['after the host took the order, before that is written', 'before', 'submitted'],
] as const)(
  'a worker that is stopped %s buys nothing a second time when it wakes up long after',
  async (_when, side, state) => {
    const stopped = await startStoppedWorker(side, state);
    try {
      const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
      await stopped.isStopped;
      await fleet.startProcess(['generate']);
      // The second waits for the lease of the first, where there is one.
      await video.when('stills accepted', ({ phase }) => phase === 'chunks');

      await stopped.wake();
      // It ends only when its own attempt has ended.
      expect(await stopped.worker.end('SIGTERM')).toBe(0);

      expect(fleet.standIn.control.counters().createsByKind.still).toBe(1);
      expect(stillsOf(fleet.standIn).map(({ status }) => status)).toEqual(['succeeded']);
    } finally {
      await stopped.close();
    }
  },
);

/** A worker that is stopped, once, at a write of the ledger entry of a still. */
async function startStoppedWorker(side: keyof RoadWatcher, state: string) {
  const held: { worker?: WorkerProcess } = {};
  let stop: () => void = () => undefined;
  let wake: () => void = () => undefined;
  const isStopped = new Promise<void>((resolve) => (stop = resolve));
  const isAwake = new Promise<void>((resolve) => (wake = resolve));
  let isSpent = false;
  const watcher: RoadWatcher = {
    [side]: (write: { readonly state: string; readonly medium: string }) => {
      if (isSpent || write.state !== state || write.medium !== 'still') return undefined;
      isSpent = true;
      held.worker?.signal('SIGSTOP');
      stop();
      return isAwake;
    },
  };
  const road = await startWatchedRoad(process.env['S3_ENDPOINT'] ?? '', watcher);
  // A stopped machine keeps its connections for a while and does not react to data.
  const temporal = await startFrailRoad(`http://${process.env['TEMPORAL_ADDRESS'] ?? ''}`);
  const env = { ...fleet.env, S3_ENDPOINT: road.origin, TEMPORAL_ADDRESS: new URL(temporal.origin).host };
  const worker = await startWorkerProcess(env, ['generate']);
  held.worker = worker;
  return {
    worker,
    isStopped: isStopped.then(temporal.cut),
    wake: async () => {
      await temporal.mend();
      worker.signal('SIGCONT');
      wake();
    },
    close: async () => {
      await worker.end('SIGKILL');
      temporal.cut();
      await road.stop();
    },
  };
}

/** The current or next attempt of the only open activity. */
async function pendingAttempt(video: Video): Promise<number> {
  const { raw } = await video.handle.describe();
  return raw.pendingActivities?.[0]?.attempt ?? 0;
}
