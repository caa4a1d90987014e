import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet({ serve: false });
});
afterEach(() => fleet.reset());
afterAll(() => fleet.close());

const brief: BriefInput = {
  prompt: 'A small lamp that remembers the light of the day',
  durationSeconds: 5,
  aspectRatio: '1:1',
  music: { enabled: false },
  models: { planner: 'gpt-5-mini' },
};

test('a worker that is killed while the model thinks leaves a question that the next one asks again', async () => {
  think(120);
  const first = await fleet.startProcess();
  const video = await fleet.startVideo(brief);
  await asked();

  await first.end('SIGKILL');
  const second = await fleet.startProcess();
  await video.when('planned', ({ phase }) => phase !== 'plan');

  const key = `videos/${video.id}/storyboard-r1.json`;
  const { planning } = ((await fleet.dependencies.store.getJson(key))?.value as Revision).storyboard;
  expect(fleet.standIn.control.counters().chats).toHaveLength(2);
  // The lost answer may be billed: 16,000 tokens at $2 a million.
  expect(planning).toMatchObject({ model: 'gpt-5-mini', calls: 2 });
  expect(planning?.costUsd).toBeGreaterThan(0.032);
  await video.end();
  await second.end('SIGKILL');
});

test('a model that thinks for longer than a heartbeat lasts is asked once', async () => {
  think(12);
  const serving = await fleet.serve();
  const video = await fleet.startVideo(brief);

  await video.when('planned', ({ phase }) => phase !== 'plan');

  expect(await video.attemptsOf('planStoryboard')).toEqual([1]);
  expect(fleet.standIn.control.counters().chats).toHaveLength(1);
  await video.end();
  await serving.stop();
});

test('a video that is cancelled while the model thinks waits for it no longer, and has bought nothing', async () => {
  think(120);
  const serving = await fleet.serve();
  const video = await fleet.startVideo(brief);
  await asked();

  const startedAt = performance.now();
  await video.handle.cancel();
  await expect(video.result()).rejects.toThrow();

  expect(performance.now() - startedAt).toBeLessThan(20_000);
  expect((await video.progress()).status).toBe('canceled');
  expect(fleet.standIn.control.counters().createRequests).toBe(0);
  await serving.stop();
});

/** Makes the model take this many seconds for its next answer. */
function think(seconds: number): void {
  fleet.standIn.control.setFaults([
    { match: { kind: 'plan', operation: 'chat' }, fault: { type: 'delayReply', seconds } },
  ]);
}

function asked(): Promise<unknown> {
  return until(() => (fleet.standIn.control.counters().chats.length > 0 ? true : undefined), {
    what: 'the model is asked',
  });
}
