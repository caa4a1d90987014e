import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';

/** The result of replaying histories in this build's workflows. */
export interface Replayed {
  readonly replayed: number;
  readonly broken: readonly BrokenRun[];
}

export interface BrokenRun {
  readonly workflowId: string;
  readonly runId: string;
  /** The first sentence of the SDK's error. */
  readonly problem: string;
}

export interface RunChoice {
  /** A list filter of Temporal's. Default: see {@link chooseRuns}. */
  readonly query: string | undefined;
  readonly taskQueue: string;
  /** The most finished runs. */
  readonly finished: number;
  /** The version of this build, as `deployment:build`; undefined where it has none. */
  readonly version: string | undefined;
}

interface Run {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * Chooses the runs that workers of this build would continue: those without a release, and those of its own. Others
 * hand their state over and are not replayed. Includes the newest finished runs beside open ones, because only a
 * finished history shows a step added at the end.
 */
export async function chooseRuns(
  client: Client,
  { query, taskQueue, finished, version }: RunChoice,
): Promise<readonly Run[]> {
  if (query !== undefined) return list(client, query, Infinity);
  const own = version === undefined ? '' : ` OR TemporalWorkerDeploymentVersion = '${version}'`;
  const base = `TaskQueue = '${taskQueue}' AND (TemporalWorkerDeploymentVersion IS NULL${own})`;
  const open = await list(client, `${base} AND ExecutionStatus = 'Running'`, Infinity);
  const ended = await list(
    client,
    `${base} AND ExecutionStatus IN ('Completed', 'Failed', 'Canceled', 'ContinuedAsNew')`,
    finished,
  );
  return [...open, ...ended];
}

async function list(client: Client, query: string, most: number): Promise<Run[]> {
  const runs: Run[] = [];
  if (most === 0) return runs;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    runs.push({ workflowId, runId });
    if (runs.length >= most) break;
  }
  return runs;
}

/** Replays histories one after the other. Runs removed meanwhile are left out. */
export async function replayRuns(
  client: Client,
  runs: readonly Run[],
  workflowBundle: NonNullable<WorkerOptions['workflowBundle']>,
): Promise<Replayed> {
  const broken: BrokenRun[] = [];
  let replayed = 0;
  const results = Worker.runReplayHistories({ workflowBundle }, histories(client, runs));
  for await (const { workflowId, runId, error } of results) {
    replayed += 1;
    if (error) broken.push({ workflowId, runId, problem: error.message.split('\n')[0] ?? error.name });
  }
  return { replayed, broken };
}

async function* histories(client: Client, runs: readonly Run[]) {
  for (const { workflowId, runId } of runs) {
    try {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      yield { workflowId, history };
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
}
