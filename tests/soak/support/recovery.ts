import { setTimeout as pause } from 'node:timers/promises';

import type { WorkflowHandle } from '@temporalio/client';

/** An activity that was open when a worker was killed. */
interface OpenActivity {
  readonly id: string;
  readonly attempt: number;
  /** Waits for one of the few slots of the render queue, behind others of the same worker. */
  readonly isForRender: boolean;
  /** In the hands of the worker, or waiting for its next attempt. */
  readonly isRunning: boolean;
  /** When the next attempt may begin; milliseconds since 1970, 0 for one that is running or due. */
  readonly dueAtMs: number;
}

/** How long after a worker's return its activities went on; those that wait, from when they are due. */
export interface Recovery {
  /** Of everything but ffmpeg. */
  readonly waiting: readonly ResumedStep[];
  /** Steps of ffmpeg that were in the queue: they go on when those before them are done. */
  readonly queued: readonly ResumedStep[];
  readonly running: readonly ResumedStep[];
}

/** A step that hung on a worker, and how long after its return it went on. */
export interface ResumedStep {
  readonly id: string;
  /** Milliseconds. */
  readonly ms: number;
}

/** A step that has not gone on by then counts with this, when it is due. */
const givenUpMs = 15_000;

/** A step that is due within that is watched. */
const soonMs = 1_000;

/** What the render queue runs. */
const renderTypes = [
  'normaliseClip',
  'makePreview',
  'joinClips',
  'fitScore',
  'finishVideo',
  'extractLastFrame',
];

/** `PENDING_ACTIVITY_STATE_STARTED` */
const started = 2;

/** What hangs on the worker at this moment. */
export async function listOpenActivities(handle: WorkflowHandle): Promise<readonly OpenActivity[]> {
  const { raw } = await handle.describe();
  return (raw.pendingActivities ?? []).map(
    ({ activityId, activityType, attempt, state, nextAttemptScheduleTime: next }) => ({
      id: activityId ?? '',
      attempt: attempt ?? 1,
      isForRender: renderTypes.includes(activityType?.name ?? ''),
      isRunning: Number(state) === started,
      dueAtMs: next ? Number(next.seconds ?? 0) * 1000 + (next.nanos ?? 0) / 1e6 : 0,
    }),
  );
}

/**
 * Watches what hung on a worker until each step has ended or has begun another attempt. To be called when the worker
 * is back.
 */
export async function measureRecovery(
  handle: WorkflowHandle,
  before: readonly OpenActivity[],
): Promise<Recovery> {
  const backAtMs = Date.now();
  const waiting: ResumedStep[] = [];
  const running: ResumedStep[] = [];
  // Steps that are not due for a while say nothing about the worker.
  let open = before.filter(({ dueAtMs }) => dueAtMs <= backAtMs + soonMs);
  const queued: ResumedStep[] = [];
  const note = ({ id, isRunning, isForRender, dueAtMs }: OpenActivity, nowMs: number) => {
    const step = { id, ms: nowMs - Math.max(backAtMs, dueAtMs) };
    if (isRunning) running.push(step);
    else if (dueAtMs <= nowMs) (isForRender ? queued : waiting).push(step);
  };
  while (open.length > 0 && Date.now() - backAtMs < givenUpMs) {
    const now = new Map((await listOpenActivities(handle)).map((activity) => [activity.id, activity]));
    const nowMs = Date.now();
    const stuck = open.filter(({ id, attempt }) => (now.get(id)?.attempt ?? Infinity) <= attempt);
    for (const activity of open) if (!stuck.includes(activity)) note(activity, nowMs);
    open = stuck;
    await pause(50);
  }
  for (const activity of open) note(activity, Date.now());
  return { waiting, queued, running };
}
