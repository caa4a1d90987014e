import { setTimeout as pause } from 'node:timers/promises';

import type { WorkflowHandle } from '@temporalio/client';

/** An activity that was open when a worker was killed. */
interface OpenActivity {
  readonly id: string;
  readonly attempt: number;
  /** Whether it waits for one of the few slots of the render queue, behind others of the same worker. */
  readonly isForRender: boolean;
  /** Whether the worker runs it; otherwise it waits for its next attempt. */
  readonly isRunning: boolean;
  /** The earliest start of the next attempt; milliseconds since 1970, 0 for one that is running or due. */
  readonly dueAtMs: number;
}

/** The times from a worker's return until its activities went on; for waiting ones, from their due time. */
export interface Recovery {
  /** Waiting steps without ffmpeg. */
  readonly waiting: readonly ResumedStep[];
  /** Queued steps of ffmpeg, which go on when those before them are done. */
  readonly queued: readonly ResumedStep[];
  readonly running: readonly ResumedStep[];
}

/** A step of a killed worker, with its delay after the worker's return. */
export interface ResumedStep {
  readonly id: string;
  /** Milliseconds. */
  readonly ms: number;
}

/** The figure for a due step that has not gone on by then. */
const givenUpMs = 15_000;

/** Steps due within this time are watched. */
const soonMs = 1_000;

/** The activities of the render queue. */
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

/** Lists the worker's open activities. */
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
 * Watches a killed worker's steps until each has ended or has begun another attempt. Call it when the worker is back.
 */
export async function measureRecovery(
  handle: WorkflowHandle,
  before: readonly OpenActivity[],
): Promise<Recovery> {
  const backAtMs = Date.now();
  const waiting: ResumedStep[] = [];
  const running: ResumedStep[] = [];
  // Steps due later tell nothing about the worker.
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
