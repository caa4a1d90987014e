import { hostAccountId } from '../../domain/permits.ts';
import { accountQuery } from '../../workflows/account/account-messages.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli } from '../support/temporal-cli.ts';
import { until } from '../support/until.ts';
import { unitsOf } from '../support/video.ts';

const silent = { music: { enabled: false } } as const;
let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet({ account: { concurrentStills: 5 } });
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

const garbage = ['null', '{}', '"text"', '[1,null]', ''];

/** Sends a signal by the Temporal CLI, as a person would. */
async function signal(workflowId: string, name: string, input: string): Promise<void> {
  const { exitCode, stderr } = await temporalCli(
    'workflow',
    'signal',
    '--workflow-id',
    workflowId,
    '--name',
    name,
    ...(input === '' ? [] : ['--input', input]),
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}

test('signals of garbage stop neither a video nor the account of its host', async () => {
  fleet.standIn.control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(2, silent));
  await fleet.standIn.control.waitFor({ held: 2 });
  const account = hostAccountId(fleet.taskQueue.replace(/-orchestrator$/, ''), 'replicate');
  for (const input of garbage) {
    await signal(video.id, 'permitsGranted', input);
    await signal(account, 'setLimits', input === '{}' ? '{"stills":"many"}' : input);
    await signal(account, 'changePermits', input);
  }

  expect(await fleet.client.workflow.getHandle(account).query(accountQuery)).toMatchObject({
    limits: { stills: 5 },
    live: [{ kind: 'stills' }, { kind: 'stills' }],
  });
  fleet.standIn.control.release();
  expect(await video.result()).toMatchObject({ status: 'succeeded', stills: 2 });
});

test('steps that are completed by hand with garbage fail their unit, which a person retries without buying again', async () => {
  fleet.standIn.control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(1, silent));
  await fleet.standIn.control.waitFor({ held: 1 });
  const activityId = await until(
    async () => {
      const { raw } = await video.handle.describe();
      return (
        raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'awaitPrediction')
          ?.activityId ?? undefined
      );
    },
    { what: 'a step that waits' },
  );
  const { exitCode } = await temporalCli(
    'activity',
    'complete',
    '--workflow-id',
    video.id,
    '--activity-id',
    activityId,
    '--result',
    '{"state":"rich"}',
  );
  expect(exitCode).toBe(0);

  const parked = await video.whenStatus('parked');
  expect(unitsOf(parked, 'storyboard')).toMatchObject([
    { status: 'failed', failure: { reason: expect.stringContaining('with an invalid result') as string } },
  ]);
  fleet.standIn.control.release();
  await video.retry({});
  await video.result();

  expect(fleet.standIn.control.counters().createsByKind).toMatchObject({ still: 1 });
});
