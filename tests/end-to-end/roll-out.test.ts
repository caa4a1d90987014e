import { readReleases } from '../../client/releases/read-releases.ts';
import { promoteRelease } from '../../client/releases/promote-release.ts';
import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import type { TemporalNamespace } from '../../client/connection/temporal-namespace.ts';
import { chooseRuns, replayRuns } from '../../workers/replay/replay-runs.ts';
import { runCli } from '../client/support/run-cli.ts';
import { accountOf, isIdle } from '../account/support/account-of.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { bundleBrokenWorkflows } from '../support/bundle-broken-workflows.ts';
import type { ServingWorkers } from '../support/serve-in-process.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import { verify } from '../support/verify.ts';
import type { Video } from '../support/video.ts';
import { testWorkflowBundle } from '../support/workflow-bundle.ts';

const silent = { music: { enabled: false } } as const;

let fleet: Fleet;
let temporal: TemporalNamespace;
let deployment: string;

beforeEach(async () => {
  fleet = await startFleet({ serve: false, account: { concurrentStills: 5, concurrentChunks: 3 } });
  deployment = fleet.settings.queues.prefix;
  temporal = await connectTemporal(undefined, fleet.taskQueue);
});
afterEach(async () => {
  await temporal.close();
  await fleet.close();
});

test('twelve videos that run, wait for a person and wait for money outlive two releases, and nothing is bought twice', async () => {
  const { control } = fleet.standIn;
  await fleet.serve({ pools: ['generate', 'transfer', 'render'] });
  const v1 = await release('v1', await testWorkflowBundle());
  // The refused stills wait for a person; other videos run, or lack money for their clip.
  control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(1) }, times: 4, fault: { type: 'refuse' } },
  ]);
  const parked = await start(4, briefOf(2, silent));
  for (const video of parked) await video.whenStatus('parked');
  control.setFaults([]);
  const short = await start(4, briefOf(1, { ...silent, limits: { budgetUsd: 0.01 } }));
  for (const video of short) await video.whenStatus('awaiting_budget');
  control.setBarrier({ kind: 'clip' });
  const running = await start(4, briefOf(1, silent));
  await control.waitFor({ held: 3 });
  const before = control.counters().creates;

  const v2 = await release('v2', await bundleBrokenWorkflows('second-release'));
  await untilServes('v2', 8);
  expect(await releaseOf('v1')).toMatchObject({ state: 'draining', videos: 4, accounts: 0, canStop: false });
  // The hand-over bought nothing and needed no person.
  expect(control.counters().creates).toBe(before);
  control.release();
  await Promise.all(running.map((video) => video.result()));
  await until(async () => (await releaseOf('v1'))?.canStop, {
    what: 'the first release has nothing left to do',
  });
  await v1.stop();

  const [first, ...rest] = parked;
  await first?.retry({ prompt: 'other words' });
  await first?.result();
  const v3 = await release('v3', await bundleBrokenWorkflows('third-release'));
  await untilServes('v3', 7);
  await until(async () => (await releaseOf('v2'))?.canStop, {
    what: 'the second release has nothing left to do',
  });
  await v2.stop();
  await Promise.all(rest.map((video) => video.retry({ prompt: 'other words' })));
  await Promise.all(short.map((video) => video.raiseBudget(20)));

  const all = [...parked, ...short, ...running];
  const results = await Promise.all(all.map((video) => video.result()));
  expect(results.map(({ status }) => status)).toEqual(Array(12).fill('succeeded'));
  // One more still for each parked video, in place of the refused one.
  expect(control.counters().createsByKind).toEqual({ still: 4 * 3 + 4 + 4, clip: 4 * 2 + 4 + 4, score: 0 });
  for (const { id } of all) expect(await verify(fleet, id)).toMatchObject({ ok: true });
  await accountOf(fleet).when('nobody left', isIdle);
  await v3.stop();
});

test('a video that moves while its brief cannot be read waits for that, and loses nothing', async () => {
  const { store } = fleet.dependencies;
  const { control } = fleet.standIn;
  await fleet.serve({ pools: ['generate', 'transfer', 'render'] });
  await release('v1', await testWorkflowBundle());
  control.setFaults([{ match: { kind: 'still' }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(briefOf(1, silent));
  await video.whenStatus('parked');
  const key = `videos/${video.id}/storyboard-r1.json`;
  const brief = (await store.getJson(key))?.value;
  await store.deleteMany([key]);

  await release('v2', await bundleBrokenWorkflows('second-release'));
  const gone = await video.when('it says what is gone', ({ problem }) => problem !== undefined);
  expect(gone.problem).toBe(
    `The video waits until it can read what it was made from: ${key} is gone; put it back, and the video goes on.`,
  );
  await store.putJson(key, brief, {});
  await video.whenStatus('parked');
  await video.retry({ prompt: 'other words' });

  expect(await video.result()).toMatchObject({ status: 'succeeded', stills: 1 });
  expect(control.counters().createsByKind).toMatchObject({ still: 2, clip: 1 });
});

test('a release whose orchestrators never polled is not made current', async () => {
  const promoting = promoteRelease(temporal, { deployment, buildId: 'v9', timeoutMs: 1 });

  await expect(promoting).rejects.toMatchObject({
    code: 'NotPromoted',
    message: expect.stringMatching(/^No orchestrator of release v9 of test-\w+ polled in 0.001 s/) as string,
  });
  expect(await readReleases(temporal, deployment)).toEqual({ deployment, unversioned: 0, releases: [] });
});

test('before a build gets traffic it is known which videos it would break', async () => {
  await fleet.serve();
  const { control } = fleet.standIn;
  const finished = await fleet.startVideo(briefOf(1, silent));
  await finished.result();
  control.setBarrier({ kind: 'still' });
  const open = await fleet.startVideo(briefOf(1, silent));
  await control.waitFor({ held: 1 });
  const choice = { query: undefined, taskQueue: fleet.taskQueue, finished: 10, version: undefined };
  const runs = await until(
    async () => {
      const found = await chooseRuns(fleet.client, choice);
      return [open, finished].every(({ id }) => found.some(({ workflowId }) => workflowId === id)) && found;
    },
    { what: 'both videos and their account are listed' },
  );

  expect(await replayRuns(fleet.client, runs, await testWorkflowBundle())).toEqual({
    replayed: runs.length,
    broken: [],
  });
  const { broken } = await replayRuns(fleet.client, runs, await bundleBrokenWorkflows('second-release'));
  expect(new Set(broken.map(({ workflowId }) => workflowId))).toEqual(new Set([open.id, finished.id]));
  expect(broken[0]?.problem).toMatch(/TMPRL1100/);

  const query = `WorkflowId = '${finished.id}'`;
  const run = await runCli(environment(), ['replay', '--query', query, '--json']);
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.json()).toEqual({ replayed: 1, broken: [] });
});

test('the command promotes a release, shows what it runs, and says so where there are none', async () => {
  await fleet.serve({ pools: ['generate', 'transfer', 'render'] });
  const none = await runCli(environment(), ['deployment']);
  expect(none).toMatchObject({
    exitCode: 0,
    stdout: `No orchestrator of ${deployment} has a build id: workflows are served without releases.`,
  });
  const own = { deploymentName: deployment, buildId: 'v1' };
  await fleet.serve({ pools: ['orchestrator'], release: own });

  const promoted = await runCli(environment(), ['deployment', 'promote', 'v1', '--json']);
  expect(promoted.json()).toMatchObject({ deployment, buildId: 'v1', left: 0 });
  fleet.standIn.control.setBarrier({ kind: 'still' });
  await fleet.startVideo(briefOf(1, silent));
  await fleet.standIn.control.waitFor({ held: 1 });
  await until(async () => (await releaseOf('v1'))?.videos === 1, { what: 'the video is listed' });

  const shown = await runCli(environment(), ['deployment']);
  expect(shown.stdout.split('\n')).toEqual([
    'RELEASE  STATE    VIDEOS  ACCOUNTS  WORKERS',
    'v1       current  1       1         needed',
  ]);
});

function environment(): Record<string, string> {
  const {
    TEMPORAL_ADDRESS = '',
    TEMPORAL_NAMESPACE = 'default',
    S3_ENDPOINT = '',
    S3_BUCKET = '',
  } = process.env;
  const store = { S3_ENDPOINT, S3_BUCKET, AWS_REGION: process.env['AWS_REGION'] ?? 'us-east-1' };
  return { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, BEATREEL_QUEUE_PREFIX: deployment, ...store };
}

async function release(
  buildId: string,
  workflowBundle: { code: string } | { codePath: string },
): Promise<ServingWorkers> {
  const serving = await fleet.serve({
    pools: ['orchestrator'],
    workflowBundle,
    release: { deploymentName: deployment, buildId },
  });
  expect(await promoteRelease(temporal, { deployment, buildId })).toMatchObject({ left: 0 });
  return serving;
}

async function start(count: number, brief: Parameters<Fleet['startVideo']>[0]): Promise<Video[]> {
  return Promise.all(Array.from({ length: count }, () => fleet.startVideo(brief)));
}

async function releaseOf(buildId: string) {
  const { releases } = await readReleases(temporal, deployment);
  return releases.find((found) => found.buildId === buildId);
}

async function untilServes(buildId: string, videos: number): Promise<void> {
  await until(
    async () => {
      const found = await releaseOf(buildId);
      return found?.videos === videos && found.accounts === 1;
    },
    { what: `${videos} videos and the account are in ${buildId}` },
  );
}
