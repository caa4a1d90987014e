import { Context } from '@temporalio/activity';

import { generateVideoType } from '../../domain/workflow-types.ts';
import { toApplicationFailure } from './to-application-failure.ts';

/** What an activity may use of the run it is in. */
export interface ActivityRun {
  /** Aborted on cancellation of the video and on shutdown of the worker. */
  readonly signal: AbortSignal;
  /** 1-based. */
  readonly attempt: number;
  /** Milliseconds since the activity was first scheduled, waiting between attempts included. */
  readonly sinceScheduledMs: number;
  /** What the last heartbeat of an earlier attempt carried. */
  readonly lastHeartbeat: unknown;
  readonly workflowId: string;
  /** Carried by every heartbeat from now on. */
  readonly reportProgress: (details: unknown) => void;
  readonly log: Context['log'];
  /** Signals the workflow of this id, or starts it where none runs. */
  readonly startOrSignal: (start: StartOrSignal) => Promise<void>;
}

/** A workflow of the videos, and what it is told. */
export interface StartOrSignal {
  readonly workflowId: string;
  readonly args: unknown[];
  readonly signal: string;
  readonly signalArgs: unknown[];
  readonly memo: Record<string, unknown>;
  readonly tenant: string;
}

/** How often a running activity says that it lives; well under every heartbeat time-out. */
const heartbeatEveryMs = 1_500;

/**
 * Wraps the work of an activity: heartbeats while it runs, hands it what it may know of the run, and turns its
 * errors into Temporal's in one place.
 */
export function defineActivity<Request, Result>(
  work: (request: Request, run: ActivityRun) => Promise<Result>,
): (request: Request) => Promise<Result> {
  return async (request) => {
    const context = Context.current();
    let details: unknown = context.info.heartbeatDetails;
    const beat = setInterval(() => {
      context.heartbeat(details);
    }, heartbeatEveryMs);
    try {
      return await work(request, {
        signal: context.cancellationSignal,
        attempt: context.info.attempt,
        sinceScheduledMs: Date.now() - context.info.scheduledTimestampMs,
        lastHeartbeat: context.info.heartbeatDetails,
        workflowId: context.info.workflowExecution?.workflowId ?? '',
        reportProgress: (progress) => {
          details = progress;
          context.heartbeat(progress);
        },
        log: context.log,
        startOrSignal: (start) => startOrSignal(context, start),
      });
    } catch (error) {
      throw toThrown(error, context);
    } finally {
      clearInterval(beat);
    }
  };
}

/** On the queue of the fleet's workflows. */
async function startOrSignal({ client, info }: Context, { tenant, ...start }: StartOrSignal): Promise<void> {
  await client.workflow.signalWithStart(generateVideoType, {
    ...start,
    // The queues of a fleet share a prefix.
    taskQueue: info.taskQueue.replace(/-[a-z]+$/, '-orchestrator'),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    priority: { fairnessKey: tenant },
  });
}

/** An abort that follows from a cancellation is the cancellation, whatever library noticed it first. */
function toThrown(error: unknown, context: Context): unknown {
  const { cancellationSignal } = context;
  if (cancellationSignal.aborted && isAbort(error)) return cancellationSignal.reason;
  return toApplicationFailure(error, context.info.attempt);
}

/** Whether an abort is the error, or what caused it. */
function isAbort(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false;
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: unknown };
  return name === 'AbortError' || name === 'CancelledFailure' || isAbort(cause);
}
