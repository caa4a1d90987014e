import type { WorkflowHandle } from '@temporalio/client';

import { connectTemporal } from '../../../client/connection/connect-temporal.ts';
import { promoteRelease } from '../../../client/releases/promote-release.ts';
import { readReleases } from '../../../client/releases/read-releases.ts';
import type { VideoProgress } from '../../../domain/progress.ts';
import { bundleWorkflows } from '../../../workers/workflow-bundle.ts';
import {
  generateVideoType,
  orchestratorQueue,
  progressQuery,
  raiseBudgetUpdate,
} from '../../../workflows/messages.ts';
import { bundleBrokenWorkflows } from '../../support/bundle-broken-workflows.ts';
import { until } from '../../support/until.ts';
import { soakBrief } from './soak-brief.ts';
import type { SoakStack } from './soak-stack.ts';
import type { Victim } from './victim.ts';

const deployment = 'beatreel';
const waitingVideos = 3;

/** Successive releases under running and waiting videos. */
export interface RollOuts {
  /** The running orchestrators, those of the newest release last. */
  readonly orchestrators: readonly Victim[];
  /** Videos that wait for money since the first release. */
  readonly waiting: readonly WorkflowHandle[];
  /** The number of releases so far. */
  readonly releases: number;
  /** Rolls out the next release. @returns false when there is none */
  next(): Promise<boolean>;
  /** Gives a waiting video its money. */
  letGo(video: WorkflowHandle): Promise<void>;
  /** Waits until older releases have nothing left, and stops their orchestrators. @returns their names */
  drain(): Promise<readonly string[]>;
}

/** Serves the first release, in which some videos wait. */
export async function startRollOuts(stack: SoakStack, seed: number): Promise<RollOuts> {
  const bundles = [
    bundleWorkflows,
    () => bundleBrokenWorkflows('second-release'),
    () => bundleBrokenWorkflows('third-release'),
  ];
  const orchestrators: Victim[] = [];
  const next = async () => {
    const bundle = bundles.shift();
    if (!bundle) return false;
    const buildId = `v${orchestrators.length + 1}`;
    orchestrators.push(await stack.startOrchestrator(buildId, await bundle()));
    await withTemporal((temporal) => promoteRelease(temporal, { deployment, buildId }));
    return true;
  };
  await next();
  const waiting = await Promise.all(
    Array.from({ length: waitingVideos }, (_none, index) =>
      startWaiting(stack, `soak-${seed}-waits-${index + 1}`),
    ),
  );
  return {
    orchestrators,
    waiting,
    get releases() {
      return orchestrators.length;
    },
    next,
    letGo: async (video) => {
      await video.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: 100 }] });
    },
    drain: () => withTemporal((temporal) => drain(() => readReleases(temporal, deployment), orchestrators)),
  };
}

async function withTemporal<T>(
  work: (temporal: Awaited<ReturnType<typeof connectTemporal>>) => Promise<T>,
): Promise<T> {
  const temporal = await connectTemporal(undefined, orchestratorQueue);
  try {
    return await work(temporal);
  } finally {
    await temporal.close();
  }
}

async function startWaiting({ client }: SoakStack, videoId: string): Promise<WorkflowHandle> {
  const handle = await client.workflow.start(generateVideoType, {
    workflowId: videoId,
    taskQueue: orchestratorQueue,
    args: [{ ...soakBrief(videoId), limits: { budgetUsd: 0.001 } }],
  });
  const isShort = async () =>
    (await handle.query<VideoProgress>(progressQuery).catch(() => undefined))?.status === 'awaiting_budget';
  await until(isShort, { what: `${videoId} waits for money` });
  return client.workflow.getHandle(videoId);
}

async function drain(
  read: () => ReturnType<typeof readReleases>,
  orchestrators: readonly Victim[],
): Promise<readonly string[]> {
  const older = orchestrators.slice(0, -1);
  await until(async () => (await read()).releases.filter(({ canStop }) => canStop).length === older.length, {
    what: 'older releases have nothing left to do',
  });
  for (const orchestrator of older) await orchestrator.stop();
  return older.map(({ name }) => name);
}
