import type { Client, WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

/** One activity that completed. Times are milliseconds since 1970. */
export interface ActivityTimes {
  readonly name: string;
  readonly input: unknown;
  readonly result: unknown;
  readonly scheduledMs: number;
  /** Start of its last attempt. */
  readonly startedMs: number;
  readonly completedMs: number;
}

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** Reads the activities of a video from its history, in the order in which they completed. */
export async function readActivityTimes(client: Client, videoId: string): Promise<ActivityTimes[]> {
  const { events } = await client.workflow.getHandle(videoId).fetchHistory();
  const byId = new Map((events ?? []).map((event) => [String(event.eventId), event]));
  return (events ?? []).flatMap((event) => {
    const completed = event.activityTaskCompletedEventAttributes;
    const scheduled = byId.get(String(completed?.scheduledEventId));
    const started = byId.get(String(completed?.startedEventId));
    const attributes = scheduled?.activityTaskScheduledEventAttributes;
    if (!completed || !started || !attributes) return [];
    return [
      {
        name: attributes.activityType?.name ?? '',
        input: readPayload(attributes.input),
        result: readPayload(completed.result),
        scheduledMs: timeOf(scheduled),
        startedMs: timeOf(started),
        completedMs: timeOf(event),
      },
    ];
  });
}

type Payloads = NonNullable<HistoryEvent['activityTaskCompletedEventAttributes']>['result'];

function readPayload(payloads: Payloads): unknown {
  const [payload] = payloads?.payloads ?? [];
  return payload && defaultPayloadConverter.fromPayload(payload);
}

function timeOf({ eventTime }: HistoryEvent): number {
  return Number(eventTime?.seconds ?? 0) * 1000 + (eventTime?.nanos ?? 0) / 1e6;
}
