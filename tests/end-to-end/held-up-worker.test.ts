import { stillsOf } from '../support/at-the-host.ts';
import { briefOf } from '../support/briefs.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';

test('a worker that is held up while its order is on its way is not overtaken by a second purchase', async () => {
  const fleet = await startFleet({ serve: false });
  const { control } = fleet.standIn;
  try {
    control.setBarrier({ kind: 'clip' });
    control.setFaults([
      { match: { kind: 'still' }, fault: { type: 'delayReply', seconds: 2, when: 'after' } },
    ]);
    await fleet.serve({ pools: ['orchestrator', 'transfer', 'render'] });
    const first = await fleet.startProcess(['generate']);
    const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
    // The host has taken the order; its answer finds nobody awake.
    await control.waitFor({ creates: 1 });
    first.signal('SIGSTOP');
    await fleet.startProcess(['generate']);
    await until(async () => (await pendingAttempt(video)) > 1, { what: 'a second attempt at the order' });
    first.signal('SIGCONT');

    await video.when('stills accepted', ({ phase }) => phase === 'chunks');

    expect(stillsOf(fleet.standIn).map(({ status }) => status)).toEqual(['succeeded']);
    expect(control.counters().createsByKind.still).toBe(1);
  } finally {
    await fleet.close();
  }
}, 120_000);

/** Which attempt of the only open activity is next or under way. */
async function pendingAttempt(video: Video): Promise<number> {
  const { raw } = await video.handle.describe();
  return raw.pendingActivities?.[0]?.attempt ?? 0;
}
