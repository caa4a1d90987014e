import type { WorkflowExecutionDescription } from '@temporalio/client';

import { adviseOnWait, type UnitWait } from '../../domain/explain-waits.ts';
import { unitInActivityId } from '../../domain/unit.ts';

/** Shorter pauses are ordinary looks at running predictions, in milliseconds. */
const worthTellingMs = 10_000;

/** The wait for a worker after which a step is reported, in milliseconds. */
const longQueuedMs = 30_000;

type Pending = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/** Steps that Temporal will retry later, soonest first, then those that no worker has taken yet. */
export function readWaits(
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
  nowMs = Date.now(),
): UnitWait[] {
  const pending = raw.pendingActivities ?? [];
  const rests = pending.flatMap((step) => readRest(step, nowMs));
  return [
    ...rests.toSorted((one, other) => one.until.localeCompare(other.until)),
    ...pending.flatMap((step) => readQueued(step, nowMs)),
  ];
}

function readRest(step: Pending, nowMs: number): (UnitWait & { readonly until: string })[] {
  const { nextAttemptScheduleTime: next, lastFailure } = step;
  const untilMs = toMs(next);
  if (untilMs - nowMs < worthTellingMs || !lastFailure?.message) return [];
  const nextStep = adviseOnWait(lastFailure.applicationFailureInfo?.type ?? undefined);
  const until = new Date(untilMs).toISOString();
  return [{ unit: unitOf(step), until, because: lastFailure.message, nextStep }];
}

function readQueued(step: Pending, nowMs: number): UnitWait[] {
  const { state, attempt, scheduledTime } = step;
  if (Number(state) !== scheduledState || attempt !== 1 || nowMs - toMs(scheduledTime) < longQueuedMs)
    return [];
  return [
    {
      unit: unitOf(step),
      because: 'no worker has taken this step yet: all of its queue are busy, or none is running.',
      nextStep: 'If no worker of that kind is running, start one; /readyz of a worker tells what it serves.',
    },
  ];
}

/** Temporal's `PendingActivityState` of a step that waits for a worker. */
const scheduledState = 1;

function unitOf({ activityId, activityType }: Pending): string {
  const unit = unitInActivityId.exec(activityId ?? '')?.[0];
  return unit ?? activityType?.name ?? '';
}

function toMs(time: Pending['scheduledTime']): number {
  return Number(time?.seconds ?? 0) * 1000;
}
