import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { stillsOf } from '../support/at-the-host.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli } from '../support/temporal-cli.ts';
import { verify } from '../support/verify.ts';

let fleet: Fleet;
let plans = 0;

beforeAll(async () => {
  fleet = await startFleet({
    // Never the same twice, like a language model.
    draftStoryboard: (brief) => {
      plans += 1;
      return draftStoryboard({ ...brief, seed: brief.seed + plans, template: 'announcement' });
    },
  });
});
afterAll(() => fleet.close());

test('a reset to before the plan buys nothing again, though the planner answers differently every time', async () => {
  const video = await fleet.startVideo({
    prompt: 'A small lamp that remembers the light of the day',
    durationSeconds: 10,
    aspectRatio: '1:1',
    music: { enabled: false },
  });
  const before = await video.result();
  const { createRequests } = fleet.standIn.control.counters();
  const prompts = stillsOf(fleet.standIn).map(({ input }) => input['prompt']);

  await reset(video.id);
  const after = await video.result();

  expect(after.video).toEqual(before.video);
  expect(after.costUsd).toBe(before.costUsd);
  expect(fleet.standIn.control.counters().createRequests).toBe(createRequests);
  expect(stillsOf(fleet.standIn).map(({ input }) => input['prompt'])).toEqual(prompts);
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
});

test('a reset in the middle of the chunks goes on with what is live at the host', async () => {
  const { control } = fleet.standIn;
  await control.reset();
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo({
    prompt: 'A small lamp that remembers the light of the day',
    durationSeconds: 10,
    aspectRatio: '1:1',
    music: { enabled: false },
  });
  const { createsByKind } = await control.waitFor({ held: 2 });

  await reset(video.id);
  control.release();
  const result = await video.result();

  expect(result.chunks).toBe(2);
  expect(control.counters().createsByKind).toEqual(createsByKind);
  expect(control.counters().createRequests).toBe(createsByKind.still + createsByKind.clip);
});

test('a reset to before a plan by a language model asks nobody again, though it would answer differently', async () => {
  const models = await startFleet();
  const { control } = models.standIn;
  control.setFaults([{ times: 'always', fault: { type: 'differentAnswer' } }]);
  try {
    const video = await models.startVideo({
      prompt: 'A small lamp that remembers the light of the day',
      durationSeconds: 10,
      aspectRatio: '1:1',
      music: { enabled: false },
      models: { planner: 'gpt-5-mini' },
    });
    const before = await video.result();
    const { createRequests, chats } = control.counters();

    await reset(video.id);
    const after = await video.result();

    expect(chats).toHaveLength(1);
    expect(control.counters()).toMatchObject({ createRequests, chats });
    expect(after.video).toEqual(before.video);
    expect(after.phases[0]?.costUsd).toBeGreaterThan(0);
    expect(after.costUsd).toBe(before.costUsd);
    expect(await verify(models, video.id)).toMatchObject({ ok: true });
  } finally {
    await models.close();
  }
});

async function reset(videoId: string): Promise<void> {
  const { exitCode, stderr } = await temporalCli(
    ...['workflow', 'reset', '--workflow-id', videoId, '--type', 'FirstWorkflowTask', '--reason', 'a test'],
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}
