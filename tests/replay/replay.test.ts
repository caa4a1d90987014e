import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';

import { captureLogs } from '../support/capture-logs.ts';
import { testWorkflowBundle } from '../support/workflow-bundle.ts';
import { bundleBrokenWorkflows } from '../support/bundle-broken-workflows.ts';
import { readHistories } from './histories.ts';

const histories = await readHistories();

beforeAll(() => {
  captureLogs();
});

test('there is a history of every way a video goes, and one of a host account', () => {
  expect(histories.map(({ name }) => name)).toEqual([
    'approved',
    'budget-raised',
    'cancelled-mid-fan-out',
    'from-words-alone',
    'happy',
    'host-account',
    'next-model',
    'one-beat-failed',
    'parked-and-resumed',
    'planned-and-answered-at-once',
    'revised',
    'softened-and-reconciled',
  ]);
});

test.each(histories)('a workflow that ran before still replays: $name', async ({ name, history }) => {
  const workflowBundle = await testWorkflowBundle();

  await Worker.runReplayHistory({ workflowBundle }, history, `recorded-${name}`);
});

test.each(['one-step-more', 'waits-first', 'manifest-first'])(
  'a broken workflow, %s, is caught by the history of a video',
  async (name) => {
    const workflowBundle = await bundleBrokenWorkflows(name);
    const happy = histories.find((history) => history.name === 'happy');

    const replay = Worker.runReplayHistory({ workflowBundle }, happy?.history, 'recorded-happy');

    await expect(replay).rejects.toThrow(DeterminismViolationError);
  },
);
