import { bundleBrokenWorkflows } from '../support/bundle-broken-workflows.ts';
import { briefOf } from '../support/briefs.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';

test('a defect of the workflow holds the video where it is, and a mended worker goes on with what was bought', async () => {
  const workflowBundle = await bundleBrokenWorkflows('fails-at-the-cut');
  const fleet = await startFleet({ serve: false });
  try {
    const broken = await fleet.serve({ workflowBundle });
    const video = await fleet.startVideo(briefOf(1));
    await until(async () => ((await video.handle.describe()).raw.pendingWorkflowTask?.attempt ?? 0) > 1, {
      what: 'a workflow task that failed',
    });
    expect(await video.attemptsOf('cancelPredictions')).toEqual([]);
    await broken.stop();

    await fleet.serve();
    const result = await video.result();

    expect(result.status).toBe('succeeded');
    expect(fleet.standIn.control.counters().createsByKind).toEqual({ still: 1, clip: 1, score: 1 });
  } finally {
    await fleet.close();
  }
});
