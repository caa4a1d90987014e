import { createHash } from 'node:crypto';

import { request } from 'undici';

import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { stillsOf } from '../support/at-the-host.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import { unitsOf, type Video } from '../support/video.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(async () => {
  await fleet.reset();
  fleet.standIn.control.setBarrier({ kind: 'clip' });
});
afterAll(() => fleet.close());

test('a host that trickles is read to the end while heartbeats flow', async () => {
  // Some 40 KiB in 8 s, longer than a transfer may be silent.
  strike({ type: 'trickleOutput', chunkBytes: 1024, delayMs: 200 });

  const video = await fleet.startVideo(briefOf(1));
  const first = await until(() => lastHeartbeatOf(video), { what: 'a first heartbeat of the transfer' });
  await until(async () => ((await lastHeartbeatOf(video)) ?? 0) > first, { what: 'a later heartbeat' });

  await expectWholeStill(video);
  expect(await video.attemptsOf('storeArtifact')).toEqual([1]);
});

test('a connection that drops is taken up again, and the file is byte-identical', async () => {
  strike({ type: 'dropOutput', afterBytes: 5000 });

  const video = await fleet.startVideo(briefOf(1));

  await expectWholeStill(video);
  expect(fleet.standIn.control.counters().outputRequests).toBeGreaterThan(1);
});

test('a file that arrives cut never becomes an object', async () => {
  fleet.standIn.control.setFaults([
    {
      match: { kind: 'still' },
      times: 'always',
      fault: { type: 'closeDelimitedTruncation', afterBytes: 20_000 },
    },
  ]);

  const video = await fleet.startVideo(briefOf(1));
  await fleet.standIn.control.waitFor({ outputRequests: 3 });
  const stored: string[] = [];
  for await (const { key } of fleet.dependencies.store.list(`videos/${video.id}/stills/`)) stored.push(key);
  expect(stored).toEqual([]);

  fleet.standIn.control.setFaults([]);
  await expectWholeStill(video);
});

function strike(fault: FaultRuleInput['fault']): void {
  fleet.standIn.control.setFaults([{ match: { kind: 'still' }, fault }]);
}

async function lastHeartbeatOf(video: Video): Promise<number | undefined> {
  const { raw } = await video.handle.describe();
  const transfer = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'storeArtifact');
  const { seconds, nanos } = transfer?.lastHeartbeatTime ?? {};
  return seconds ? Number(seconds.toString()) + (nanos ?? 0) / 1e9 : undefined;
}

async function expectWholeStill(video: Video): Promise<void> {
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');
  const artifact = unitsOf(progress, 'storyboard')[0]?.artifact;
  const [still] = stillsOf(fleet.standIn);
  fleet.standIn.control.setFaults([]);
  const { body } = await request(`${fleet.standIn.origin}/files/${still?.id ?? ''}-0.png`);
  const atHost = createHash('sha256')
    .update(Buffer.from(await body.arrayBuffer()))
    .digest('hex');
  expect(artifact?.sha256).toBe(atHost);
  expect((await fleet.dependencies.store.hashObject(artifact?.key ?? '')).sha256).toBe(atHost);
}
