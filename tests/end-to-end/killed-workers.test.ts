import { setTimeout as pause } from 'node:timers/promises';

import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { briefOf } from '../support/briefs.ts';
import { verify } from '../support/verify.ts';

let fleet: Fleet;

beforeEach(async () => {
  fleet = await startFleet({ serve: false });
});
afterEach(() => fleet.close());

test('a worker told to stop hands over, and another finishes the video with nothing bought twice', async () => {
  const { control } = fleet.standIn;
  // Three clips and the score are at the host when the worker gets the signal.
  control.setBarrier({ kind: 'clip' });
  const first = await fleet.startProcess();
  const video = await fleet.startVideo(briefOf(3));
  await control.waitFor({ creates: 7, held: 3 });

  expect(await first.end('SIGTERM')).toBe(0);
  control.release();
  await fleet.serve();
  const result = await video.result();

  expect(control.counters().creates).toBe(7);
  expect(result).toMatchObject({ stills: 3, chunks: 3, clips: 3, music: { status: 'included' } });
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true, problems: [] });
});

test.each([1, 2])('a worker killed at any moment loses nothing and buys nothing twice, time %i', async () => {
  const { control } = fleet.standIn;
  const first = await fleet.startProcess();
  const video = await fleet.startVideo(briefOf(3));
  await control.waitFor({ creates: 1 });
  const lifeMs = Math.round(Math.random() * 5000);
  // A random moment on purpose: no moment may make a difference.
  await pause(lifeMs);

  await first.end('SIGKILL');
  await fleet.serve();
  const result = await video.result();

  const { createsByKind } = control.counters();
  expect({ lifeMs, ...createsByKind }).toEqual({ lifeMs, still: 3, clip: 3, score: 1 });
  expect(result).toMatchObject({ stills: 3, chunks: 3, clips: 3 });
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true, problems: [] });
});
