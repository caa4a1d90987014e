import { awaitActivityId } from '../../domain/unit.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli } from '../support/temporal-cli.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';

const silent = briefOf(2, { music: { enabled: false }, limits: { concurrentStills: 1 } });

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test.each([
  ['reset', []],
  ['update-options', ['--schedule-to-close-timeout', '1s']],
])('%s of a step that waits for a prediction buys nothing and frees no place', async (press, flags) => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(silent);
  await control.waitFor({ held: 1 });
  const activityId = await waitingStepOf(video);

  expect(
    await temporalCli('activity', press, '--workflow-id', video.id, '--activity-id', activityId, ...flags),
  ).toMatchObject({ exitCode: 0 });
  await until(async () => (await attemptOf(video, activityId)) <= 2, { what: 'the step begins again' });
  // The second still gets no slot while the first may run.
  expect(control.counters().creates).toBe(1);
  control.release();

  expect(await video.result()).toMatchObject({ status: 'succeeded' });
  expect(control.counters().createsByKind).toMatchObject({ still: 2, clip: 2 });
});

test.each(['FirstWorkflowTask', 'LastWorkflowTask'])(
  'a workflow that is reset to its %s buys nothing again',
  async (type) => {
    const { control } = fleet.standIn;
    control.setBarrier({ kind: 'clip' });
    const video = await fleet.startVideo(silent);
    await control.waitFor({ held: 2 });

    const reset = ['workflow', 'reset', '--workflow-id', video.id, '--type', type, '--reason', 'a test'];
    expect(await temporalCli(...reset)).toMatchObject({ exitCode: 0 });
    control.release();

    expect(await fleet.client.workflow.getHandle(video.id).result()).toMatchObject({ status: 'succeeded' });
    expect(control.counters().createsByKind).toMatchObject({ still: 2, clip: 2 });
  },
);

test('a video that was terminated and started again goes on with what was bought', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo(silent);
  await control.waitFor({ held: 2 });
  await video.terminate();

  const again = await fleet.startVideo(silent, video.id);
  control.release();

  expect(await again.result()).toMatchObject({ status: 'succeeded' });
  expect(control.counters().createsByKind).toMatchObject({ still: 2, clip: 2 });
});

/** The id of the step that waits for the video's first still. */
async function waitingStepOf({ id }: Video): Promise<string> {
  return until(
    async () => {
      for await (const { entry } of fleet.dependencies.ledger.list(id))
        if (entry.state === 'submitted') return awaitActivityId(entry, entry.predictionKey);
      return undefined;
    },
    { what: 'an order of the video' },
  );
}

async function attemptOf({ handle }: Video, activityId: string): Promise<number> {
  const { raw } = await handle.describe();
  return raw.pendingActivities?.find((step) => step.activityId === activityId)?.attempt ?? Infinity;
}
