import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { verify } from '../support/verify.ts';

const silent = { music: { enabled: false } } as const;

async function withFleet(
  options: Parameters<typeof startFleet>[0],
  work: (fleet: Fleet) => Promise<void>,
): Promise<void> {
  const fleet = await startFleet(options);
  try {
    await work(fleet);
  } finally {
    await fleet.close();
  }
}

test('two videos are made at once, each with what it ordered', () =>
  withFleet({}, async (fleet) => {
    fleet.standIn.control.setBarrier({ kind: 'clip', count: 3 });
    const [one, other] = await Promise.all([
      fleet.startVideo(briefOf(1, silent)),
      fleet.startVideo(briefOf(2, silent)),
    ]);
    const [first, second] = await Promise.all([one.result(), other.result()]);

    expect([first.clips, second.clips]).toEqual([1, 2]);
    expect(fleet.standIn.control.counters().creates).toBe(6);
    expect(await verify(fleet, one.id)).toMatchObject({ ok: true });
    expect(await verify(fleet, other.id)).toMatchObject({ ok: true });
  }));

test('a worker that caches no workflow makes the same video, replaying it at every step', () =>
  withFleet({ queues: { orchestrator: { maxCachedWorkflows: 0 } } }, async (fleet) => {
    const video = await fleet.startVideo(briefOf(1));
    const result = await video.result();

    expect(result).toMatchObject({ stills: 1, chunks: 1, music: { status: 'included' } });
    expect(fleet.standIn.control.counters().creates).toBe(3);
  }));

test('a video that is there already under its id is not started again', () =>
  withFleet({}, async (fleet) => {
    fleet.standIn.control.setBarrier({ kind: 'still' });
    const video = await fleet.startVideo(briefOf(1, silent));
    await fleet.standIn.control.waitFor({ creates: 1 });

    await expect(fleet.startVideo(briefOf(1, silent), video.id)).rejects.toThrow(/already started/i);

    expect(fleet.standIn.control.counters().createRequests).toBe(1);
  }));
