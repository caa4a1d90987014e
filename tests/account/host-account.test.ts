import { randomUUID } from 'node:crypto';

import { changePermitsSignal } from '../../workflows/account/account-messages.ts';
import type { PermitChange } from '../../domain/permits.ts';
import { generateVideoType } from '../../workflows/messages.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { TestAccount } from './support/account-of.ts';
import { accountOf, isIdle } from './support/account-of.ts';

let fleet: Fleet;
let account: TestAccount;

beforeEach(async () => {
  fleet = await startFleet();
  account = accountOf(fleet);
});
afterEach(async () => {
  await account.handle.terminate().catch(() => undefined);
  await fleet.close();
});

/** A video whose queue has no workers: it can be granted permits, and does nothing with them. */
async function idleVideo(): Promise<{ readonly videoId: string; end(): Promise<unknown> }> {
  const videoId = `idle-${randomUUID().slice(0, 8)}`;
  const handle = await fleet.client.workflow.start(generateVideoType, {
    workflowId: videoId,
    taskQueue: `${videoId}-orchestrator`,
    args: [briefOf(1)],
  });
  return { videoId, end: () => handle.terminate() };
}

function wish(videoId: string, unit: string, expiresAfterSeconds = 600): PermitChange {
  const permitId = `${videoId}/${unit}`;
  return {
    change: 'request',
    request: { permitId, videoId, kind: 'stills', tenant: 'a', expiresAfterSeconds },
  };
}

const tell = (...changes: PermitChange[]) => account.handle.signal(changePermitsSignal, changes);

test('requests of a video that is gone take no permits', async () => {
  const video = await idleVideo();
  try {
    await account.start({ stills: 1 });
    await tell(wish('gone', 'still-b1'), wish('gone', 'still-b2'), wish(video.videoId, 'still-b1'));

    const { waiting } = await account.when('the permit of the video that lives', ({ live }) =>
      live.some(({ videoId }) => videoId === video.videoId),
    );

    expect(waiting).toEqual([]);
  } finally {
    await video.end();
  }
});

test('a permit of a terminated video ends when its time is over, and goes to the next', async () => {
  const [first, second] = [await idleVideo(), await idleVideo()];
  try {
    await account.start({ stills: 1 });
    await tell(wish(first.videoId, 'still-b1', 2), wish(second.videoId, 'still-b1'));
    await account.when('the first permit', ({ live }) => live[0]?.videoId === first.videoId);
    await first.end();

    await account.when('the second permit', ({ live }) => live[0]?.videoId === second.videoId);
  } finally {
    await second.end();
  }
});

test('an account goes on in run after run under load and loses no permit', async () => {
  const video = await idleVideo();
  try {
    await account.start({ stills: 2 }, { eventsPerRun: 30 });
    const units = Array.from({ length: 60 }, (_, index) => `still-${index}`);
    for (const unit of units) await tell(wish(video.videoId, unit));
    const given: string[] = [];
    await until(
      async () => {
        const { live } = await account.report();
        const fresh = live.filter(({ permitId }) => !given.includes(permitId));
        given.push(...fresh.map(({ permitId }) => permitId));
        await tell(...fresh.map(({ permitId }) => ({ change: 'release', permitId }) as const));
        return given.length === units.length;
      },
      { what: 'every permit granted once' },
    );

    expect(given).toEqual(units.map((unit) => `${video.videoId}/${unit}`));
    expect(isIdle(await account.when('nobody left', isIdle))).toBe(true);
    const { events } = await account.handle.fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.continuedExecutionRunId).not.toBe('');
  } finally {
    await video.end();
  }
});
