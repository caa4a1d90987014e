import { closeLogger } from '../../workers/logging/close-logger.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';

let fleet: Fleet;

beforeEach(async () => {
  fleet = await startFleet({ serve: false });
});
afterEach(() => fleet.close());
// Without a worker, the logger would keep this process alive.
afterAll(closeLogger);

test('a picture at a host name that does not exist ends its own video, in words, and no worker', async () => {
  const worker = await fleet.startProcess();

  const mistyped = await fleet.startVideo(briefOf(1, { productImage: 'https://pictures.invalid/lamp.png' }));
  const { message } = await mistyped.failure();
  const next = await (await fleet.startVideo(briefOf(1))).result();

  expect(message).toContain('productImage is "https://pictures.invalid/…"');
  expect(message).toMatch(/pictures\.invalid does not resolve \(ENOTFOUND\): check its spelling/);
  expect(next).toMatchObject({ clips: 1 });
  expect(worker.hasEnded()).toBe(false);
});
