import { Context } from '@temporalio/activity';

import { generateVideoType } from '../../domain/workflow-types.ts';
import { toApplicationFailure } from './to-application-failure.ts';

/** The parts of its run that an activity may use. */
export interface ActivityRun {
  /** Aborted on cancellation of the video and on shutdown of the worker. */
  readonly signal: AbortSignal;
  /** 1-based. */
  readonly attempt: number;
  /** Milliseconds since the activity was first scheduled, waiting between attempts included. */
  readonly sinceScheduledMs: number;
  /** The details of the last heartbeat of an earlier attempt. */
  readonly lastHeartbeat: unknown;
  readonly workflowId: string;
  /** Sets the details that every heartbeat carries from now on. */
  readonly reportProgress: (details: unknown) => void;
  readonly log: Context['log'];
  /** Signals the workflow of this id, or starts it where none runs. */
  readonly startOrSignal: (start: StartOrSignal) => Promise<void>;
}

/** The workflow of a video, its input and its signal. */
export interface StartOrSignal {
  readonly workflowId: string;
  readonly args: unknown[];
  readonly signal: string;
  readonly signalArgs: unknown[];
  readonly memo: Record<string, unknown>;
  readonly tenant: string;
}

/** The time between heartbeats; well under every heartbeat time-out. */
const heartbeatEveryMs = 1_500;

/**
 * Wraps the work of an activity: heartbeats while it runs, passes it an `ActivityRun`, and turns its errors into
 * Temporal's in one place.
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

/** Signals or starts a workflow on the queue of the fleet's workflows. */
async function startOrSignal({ client, info }: Context, { tenant, ...start }: StartOrSignal): Promise<void> {
  await client.workflow.signalWithStart(generateVideoType, {
    ...start,
    // The queues of a fleet share a prefix.
    taskQueue: info.taskQueue.replace(/-[a-z]+$/, '-orchestrator'),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    priority: { fairnessKey: tenant },
  });
}

/** Turns an abort that follows from a cancellation into the cancellation, whatever library noticed it first. */
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
