import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { MockActivityEnvironment } from '@temporalio/testing';

import { defineActivity } from '../../activities/runtime/define-activity.ts';
import type { ActivityRun } from '../../activities/runtime/define-activity.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureOf, runActivity, startActivity } from '../activities/support/run-activity.ts';

test('an activity is told which attempt it is, since when, and what the last one said', async () => {
  const activity = defineActivity((_request: object, run) => Promise.resolve(run));

  const run = await runActivity(
    activity,
    {},
    {
      attempt: 3,
      scheduledTimestampMs: Date.now() - 60_000,
      heartbeatDetails: { parts: 2 },
      workflowExecution: { workflowId: 'my-video', runId: 'run' },
    },
  );

  expect(run).toMatchObject({ attempt: 3, lastHeartbeat: { parts: 2 }, workflowId: 'my-video' });
  expect(run.sinceScheduledMs).toBeGreaterThanOrEqual(60_000);
});

test('an activity that is silent says that it lives, with what it said last', async () => {
  const environment = new MockActivityEnvironment({
    attempt: 2,
    heartbeatDetails: 'from the attempt before',
  });
  const heartbeats: unknown[] = [];
  environment.on('heartbeat', (details) => heartbeats.push(details));
  const activity = defineActivity(async (_request: object, { reportProgress }) => {
    await once(environment, 'heartbeat');
    reportProgress('from this one');
    await once(environment, 'heartbeat');
  });

  await environment.run(activity, {});

  expect(heartbeats).toEqual(['from the attempt before', 'from this one', 'from this one']);
});

test('an activity that has ended says nothing more', async () => {
  const { result, heartbeats } = startActivity(
    defineActivity(() => Promise.resolve('done')),
    {},
  );

  expect(await result).toBe('done');

  // Longer than the 1.5 s between two heartbeats.
  await sleep(1_700);
  expect(heartbeats).toEqual([]);
});

test('an error of ours leaves as one of Temporal, an unknown one as it is', async () => {
  const ours = defineActivity(() => Promise.reject(new BeatreelFailure('MediaToolFailed', 'No.')));
  const unknown = new TypeError('A defect.');

  expect(await failureOf(runActivity(ours, {}, { attempt: 2 }))).toMatchObject({ nonRetryable: false });
  expect(await failureOf(runActivity(ours, {}, { attempt: 3 }))).toMatchObject({ nonRetryable: true });
  await expect(
    runActivity(
      defineActivity(() => Promise.reject(unknown)),
      {},
    ),
  ).rejects.toBe(unknown);
});

const abortError = new DOMException('This operation was aborted', 'AbortError');

test.each<[string, unknown]>([
  ['of a library', abortError],
  [
    'that caused a failure of ours',
    new BeatreelFailure('ProviderUnavailable', 'No answer.', { cause: abortError }),
  ],
  ['that caused what caused it', new Error('No.', { cause: new Error('No.', { cause: abortError }) })],
])('after a cancellation an abort %s is the cancellation', async (_what, error) => {
  const { result, cancel } = startActivity(whenAborted(error), {});

  cancel('CANCELLED');

  await expect(result).rejects.toMatchObject({ name: 'CancelledFailure', message: 'CANCELLED' });
});

test('after a cancellation a failure of its own is that failure', async () => {
  const { result, cancel } = startActivity(
    whenAborted(new BeatreelFailure('NeedsReconcile', 'Who knows?')),
    {},
  );

  cancel('CANCELLED');

  expect(await failureOf(result)).toMatchObject({ type: 'NeedsReconcile' });
});

test('an abort without a cancellation is no cancellation', async () => {
  await expect(
    runActivity(
      defineActivity(() => Promise.reject(abortError)),
      {},
    ),
  ).rejects.toBe(abortError);
});

function whenAborted(error: unknown) {
  return defineActivity(async (_request: object, { signal }: ActivityRun): Promise<never> => {
    if (!signal.aborted) await once(signal, 'abort');
    throw error;
  });
}
