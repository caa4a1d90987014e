import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';

import { captureLogs } from '../support/capture-logs.ts';
import { testWorkflowBundle } from '../support/workflow-bundle.ts';
import { bundleChangedWorkflows } from '../support/bundle-changed-workflows.ts';
import { readHistories } from './histories.ts';

const histories = await readHistories();

beforeAll(() => {
  captureLogs();
});

test('there is a history of every way a video goes, and one of a host account', () => {
  expect(histories.map(({ name }) => name)).toEqual([
    'budget-raised',
    'cancelled-mid-fan-out',
    'from-words-alone',
    'happy',
    'host-account',
    'next-model',
    'one-beat-failed',
    'parked-and-resumed',
    'planned-and-answered-at-once',
    'softened-and-reconciled',
  ]);
});

test.each(histories)('a workflow that ran before still replays: $name', async ({ name, history }) => {
  const workflowBundle = await testWorkflowBundle();

  await Worker.runReplayHistory({ workflowBundle }, history, `recorded-${name}`);
});

const changes = [
  {
    what: 'does a step more',
    file: 'generate-video.ts',
    from: 'const stills = await makeStills(run);',
    to: "await writeManifest(run, 'running'); const stills = await makeStills(run);",
  },
  {
    what: 'orders the score before the stills',
    file: 'generate-video.ts',
    from: 'const stills = await makeStills(run);',
    to: 'void makeScore(run); const stills = await makeStills(run);',
  },
  {
    what: 'stores a file before it waits for it',
    file: 'buying/predict.ts',
    from: "'awaitPrediction'",
    to: "'storeArtifact'",
  },
];

test.each(changes)('a workflow that $what is caught by the history of a video', async (change) => {
  const workflowBundle = await bundleChangedWorkflows(change);
  const happy = histories.find(({ name }) => name === 'happy');

  const replay = Worker.runReplayHistory({ workflowBundle }, happy?.history, 'recorded-happy');

  await expect(replay).rejects.toThrow(DeterminismViolationError);
});
