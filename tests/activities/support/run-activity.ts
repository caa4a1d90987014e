import { setTimeout as sleep } from 'node:timers/promises';

import { randomUUID } from 'node:crypto';

import type { Info } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { LogEntry } from '@temporalio/worker';
import { DefaultLogger } from '@temporalio/worker';

import { generateVideoType } from '../../../domain/workflow-types.ts';

/** One run of one activity: its heartbeats and logs, and a way to stop it. */
export interface ActivityAttempt<Result> {
  readonly result: Promise<Result>;
  /** Details of every heartbeat so far. */
  readonly heartbeats: readonly unknown[];
  readonly logs: readonly LogEntry[];
  readonly cancel: MockActivityEnvironment['cancel'];
}

type Activity<Request, Result> = (request: Request) => Promise<Result>;

/** Starts an activity as a worker would: called by its video's workflow, by default as the first attempt. */
export function startActivity<Request, Result>(
  activity: Activity<Request, Result>,
  request: NoInfer<Request>,
  info: Partial<Info> = {},
): ActivityAttempt<Result> {
  const logs: LogEntry[] = [];
  const heartbeats: unknown[] = [];
  const logger = new DefaultLogger('WARN', (entry) => logs.push(entry));
  const environment = new MockActivityEnvironment({ attempt: 1, ...callerOf(request), ...info }, { logger });
  environment.on('heartbeat', (details) => heartbeats.push(details));
  const result = environment.run<[Request], Result, Activity<Request, Result>>(activity, request);
  // The caller observes the rejection.
  result.catch(() => undefined);
  return { result, heartbeats, logs, cancel: environment.cancel };
}

/** The workflow of the first video that a request names. */
function callerOf(request: unknown): Partial<Info> {
  const named = /"videoId":"([^"]*)"|"videos\/([^/"]+)\//.exec(JSON.stringify(request));
  const workflowId = named?.[1] ?? named?.[2] ?? 'a-video';
  return { workflowType: generateVideoType, workflowExecution: { workflowId, runId: randomUUID() } };
}

/** Runs an activity to its end. */
export function runActivity<Request, Result>(
  activity: Activity<Request, Result>,
  request: NoInfer<Request>,
  info?: Partial<Info>,
): Promise<Result> {
  return startActivity(activity, request, info).result;
}

/** The failure that Temporal would store. @throws Error when there is none, or it is not ours */
export async function failureOf(result: Promise<unknown>): Promise<ApplicationFailure> {
  const error = await result.then(
    (value) => new Error(`Should have failed, and gave ${JSON.stringify(value)}.`),
    (reason: unknown) => reason,
  );
  if (error instanceof ApplicationFailure) return error;
  throw error;
}

/**
 * Runs an activity until it succeeds or fails for good. Waits between attempts as long as the activity asked for, a
 * second at most.
 */
export async function retryActivity<Request, Result>(
  activity: Activity<Request, Result>,
  request: NoInfer<Request>,
): Promise<{ readonly result: Result; readonly attempts: number }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { result: await runActivity(activity, request, { attempt }), attempts: attempt };
    } catch (error) {
      const isRetried = error instanceof ApplicationFailure && error.nonRetryable !== true;
      if (!isRetried || attempt === 40) throw error;
      await sleep(Math.min(Number(error.nextRetryDelay ?? 20), 1000));
    }
  }
}
