import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

/** One call of an activity in a history. */
export interface RecordedCall {
  readonly name: string;
  readonly request: unknown;
  readonly result: unknown;
}

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type Payloads = NonNullable<
  NonNullable<History['events']>[number]['activityTaskScheduledEventAttributes']
>['input'];

/** The calls of a history that succeeded, in the order in which they ended. */
export function readCalls({ events }: History): RecordedCall[] {
  const scheduled = new Map(
    (events ?? []).map(({ eventId, activityTaskScheduledEventAttributes: call }) => [Number(eventId), call]),
  );
  return (events ?? []).flatMap(({ activityTaskCompletedEventAttributes: end }) => {
    const call = end && scheduled.get(Number(end.scheduledEventId));
    if (!call) return [];
    return [{ name: call.activityType?.name ?? '', request: decode(call.input), result: decode(end.result) }];
  });
}

function decode(payloads: Payloads): unknown {
  const [payload] = payloads?.payloads ?? [];
  return payload && defaultPayloadConverter.fromPayload(payload);
}
