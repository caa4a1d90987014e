import type { WorkflowExecutionDescription } from '@temporalio/client';

/** A step that rests before its next try. */
export interface UnitWait {
  /** Such as `still-b4`; of a step that belongs to no unit, the name of its activity. */
  readonly unit: string;
  /** When it is tried again, ISO 8601; at most an hour after the last try. */
  readonly until: string;
  /** On whose word: why the last try failed, as the host, the bucket or the account said it. */
  readonly because: string;
}

/** Shorter rests are the ordinary looks at what runs, in milliseconds. */
const worthTellingMs = 10_000;

/** Steps that Temporal will try again later, soonest first. */
export function readWaits(
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
  nowMs = Date.now(),
): UnitWait[] {
  return (raw.pendingActivities ?? [])
    .flatMap(({ activityId, activityType, nextAttemptScheduleTime: next, lastFailure }) => {
      const untilMs = Number(next?.seconds ?? 0) * 1000;
      if (untilMs - nowMs < worthTellingMs || !lastFailure?.message) return [];
      const unit = /^(?:still|chunk|clip|score)(?:-b\d+(?:-\d+)?)?(?=-)/.exec(activityId ?? '')?.[0];
      return [
        {
          unit: unit ?? activityType?.name ?? '',
          until: new Date(untilMs).toISOString(),
          because: lastFailure.message,
        },
      ];
    })
    .toSorted((one, other) => one.until.localeCompare(other.until));
}
