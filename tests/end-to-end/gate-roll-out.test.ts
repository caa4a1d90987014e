import { promoteRelease } from '../../client/releases/promote-release.ts';
import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import { briefOf } from '../support/briefs.ts';
import { bundleBrokenWorkflows } from '../support/bundle-broken-workflows.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import { testWorkflowBundle } from '../support/workflow-bundle.ts';

test('a gate outlives three restarts of everything and a new release, and holds nothing meanwhile', async () => {
  const own = await startFleet({ serve: false, account: { concurrentStills: 2, concurrentChunks: 2 } });
  const temporal = await connectTemporal(undefined, own.taskQueue);
  const deployment = own.settings.queues.prefix;
  try {
    await own.serve({ pools: ['generate', 'transfer', 'render'] });
    type Bundle = { readonly code: string } | { readonly codePath: string };
    const serveAs = (buildId: string, workflowBundle: Bundle) =>
      own.serve({
        pools: ['orchestrator'],
        workflowBundle,
        release: { deploymentName: deployment, buildId },
      });
    const release = async (buildId: string, workflowBundle: Bundle) => {
      const serving = await serveAs(buildId, workflowBundle);
      return { serving, promoted: await promoteRelease(temporal, { deployment, buildId }) };
    };
    let { serving: v1 } = await release('v1', await testWorkflowBundle());
    const video = await own.startVideo(briefOf(1, { music: { enabled: false }, approve: ['stills'] }));
    const before = await video.whenStatus('awaiting_approval');
    const { runId } = await video.handle.describe();
    for (let restart = 0; restart < 3; restart += 1) {
      await v1.stop();
      v1 = await serveAs('v1', await testWorkflowBundle());
      expect(await video.progress()).toMatchObject({ status: 'awaiting_approval', gate: before.gate });
    }
    await v1.stop();
    const { serving: v2, promoted } = await release('v2', await bundleBrokenWorkflows('second-release'));
    // No worker of their release moves the video and the account of its host; the operator is told of both.
    expect(promoted).toMatchObject({ told: 1, left: 2 });
    v1 = await serveAs('v1', await testWorkflowBundle());
    await until(async () => (await video.handle.describe()).runId !== runId, {
      what: 'it waits in the new release',
    });
    await v1.stop();

    const after = await video.whenStatus('awaiting_approval');
    expect(after).toMatchObject({ gate: before.gate, waitingSince: before.waitingSince });
    expect(own.standIn.control.counters().createsByKind).toEqual({ still: 1, clip: 0, score: 0 });
    await video.handle.executeUpdate('approve', { args: [{ gate: 'stills', digest: after.gate?.digest }] });
    expect(await video.result()).toMatchObject({ status: 'succeeded' });
    expect(own.standIn.control.counters().createsByKind).toEqual({ still: 1, clip: 1, score: 0 });
    await v2.stop();
  } finally {
    await temporal.close();
    await own.close();
  }
});
