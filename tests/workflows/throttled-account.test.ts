import { briefOf } from '../support/briefs.ts';
import type { Fleet, FleetOptions } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';

async function withFleet(options: FleetOptions, work: (fleet: Fleet) => Promise<void>): Promise<void> {
  const fleet = await startFleet(options);
  try {
    await work(fleet);
  } finally {
    await fleet.close();
  }
}

test('a video on an account with low credit is finished by two workers that share one pace', () =>
  withFleet({ serve: false }, async (fleet) => {
    const { control } = fleet.standIn;
    // The host's limit without credit, but three times as fast, and without a burst.
    control.setRateLimit({ perMinute: 18, burst: 1 });
    await Promise.all([fleet.startProcess(), fleet.startProcess()]);

    const video = await fleet.startVideo(briefOf(4, { music: { enabled: false } }));
    const result = await video.result();

    const { creates, createRequests, answers } = control.counters();
    expect(result).toMatchObject({ status: 'succeeded', stills: 4, chunks: 4 });
    expect(creates).toBe(8);
    const wasted = createRequests - creates;
    expect(wasted).toBe(answers['429'] ?? 0);
    // Two workers without a shared pace would waste one request per order. `pace.test.ts` checks the exact share.
    expect(wasted).toBeLessThan(creates / 2);
  }));

test('while an account cools down nothing holds a slot, and a cancellation ends at once', () =>
  withFleet({}, async (fleet) => {
    const { control } = fleet.standIn;
    control.setFaults([{ fault: { type: 'throttle', retryAfterSeconds: 600, header: false } }]);
    const video = await fleet.startVideo(briefOf(3));

    const pending = await until(() => waitingSubmits(video, 3), { what: 'three orders that wait' });

    // Scheduled but not started: they wait at the server.
    expect(pending.map(({ state }) => state)).toEqual([scheduled, scheduled, scheduled]);
    expect(control.counters()).toMatchObject({ createRequests: 1, creates: 0 });
    await video.end();
    expect((await video.progress()).status).toBe('canceled');
    expect(control.counters().createRequests).toBe(1);
  }));

/** `PENDING_ACTIVITY_STATE_SCHEDULED` */
const scheduled = 1;

async function waitingSubmits({ handle }: Video, count: number) {
  const { pendingActivities } = (await handle.describe()).raw;
  const waiting = (pendingActivities ?? []).filter(
    // Counts those between two attempts; a running attempt only checks whether the account is open again.
    ({ lastFailure, state }) =>
      Number(state) === scheduled && lastFailure?.applicationFailureInfo?.type === 'ProviderBusy',
  );
  return waiting.length === count ? waiting : undefined;
}
