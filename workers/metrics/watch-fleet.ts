import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import type { MetricMeter } from '@temporalio/common';

import { Semaphore } from '../../domain/semaphore.ts';
import { waitingStatuses } from '../../domain/video-status.ts';
import { generateVideoType } from '../../domain/workflow-types.ts';

/** The fleet to watch, and the meter that shows it. */
export interface FleetLook {
  readonly client: Pick<Client, 'workflow'>;
  /** The task queue of the workflows. */
  readonly taskQueue: string;
  readonly meter: MetricMeter;
  /** Called when a look fails; the gauges keep their values. */
  readonly onProblem: (error: unknown) => void;
  /** The time between two looks, in milliseconds. Default: 30,000. */
  readonly everyMs?: number;
}

/** Looks at all videos of a queue until it is closed. */
export interface FleetWatch {
  /** Looks now. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Videos described at a time, to count their predictions. */
const atOnce = 8;
/** The most running videos described one by one; above it, their predictions are not counted. */
const mostDescribed = 1_000;

/** Our names for Temporal's ends of a workflow. */
const ends = { Completed: 'succeeded', Failed: 'failed', Canceled: 'canceled', Terminated: 'terminated' };

/**
 * Shows the number of videos at each status, the number that wait for a person and since when, and the number of live
 * predictions. Asks Temporal, so that every process shows the same after restarts: take the maximum over processes.
 */
export function watchFleet(options: FleetLook): FleetWatch {
  const { meter, onProblem, everyMs = 30_000 } = options;
  const gauge = (name: string, description: string) =>
    meter.createGauge(`beatreel_${name}`, 'int', undefined, description);
  const gauges = {
    videos: gauge('videos', 'Videos that Temporal remembers, by status.'),
    waiting: gauge('videos_waiting_for_person', 'Videos that go on only when a person decides something.'),
    oldest: gauge('oldest_waiting_video_age_seconds', 'Age of the oldest video that waits for a person.'),
    live: gauge('predictions_live', 'Predictions that are waited for.'),
  };
  const stop = new AbortController();
  const look = async () => {
    await lookOnce(options, gauges, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) onProblem(error);
    });
  };
  const watch = async () => {
    while (!stop.signal.aborted) {
      await look();
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    look,
    close: async () => {
      stop.abort();
      await watching;
    },
  };
}

type Gauges = Readonly<
  Record<'videos' | 'waiting' | 'oldest' | 'live', ReturnType<MetricMeter['createGauge']>>
>;

async function lookOnce(
  { client, taskQueue }: FleetLook,
  { videos, waiting, oldest, live }: Gauges,
  signal: AbortSignal,
): Promise<void> {
  const ours = `WorkflowType = '${generateVideoType}' AND TaskQueue = '${taskQueue}'`;
  const count = async (query: string) => (await client.workflow.count(`${ours} AND ${query}`)).count;
  const isRunning = `ExecutionStatus = 'Running'`;
  let [running, waits] = [await count(isRunning), 0];
  for (const status of waitingStatuses) {
    const found = await count(`${isRunning} AND BeatreelPhase = '${status}'`);
    videos.set(found, { status });
    waits += found;
  }
  running = Math.max(0, running - waits);
  videos.set(running, { status: 'running' });
  for (const [ended, status] of Object.entries(ends))
    videos.set(await count(`ExecutionStatus = '${ended}'`), { status });
  waiting.set(waits);
  signal.throwIfAborted();
  const waitsQuery = waitingStatuses.map((status) => `BeatreelPhase = '${status}'`).join(' OR ');
  let oldestMs = Date.now();
  for await (const { startTime } of client.workflow.list({
    query: `${ours} AND ${isRunning} AND (${waitsQuery})`,
  }))
    oldestMs = Math.min(oldestMs, startTime.getTime());
  oldest.set(Math.round((Date.now() - oldestMs) / 1000));
  if (running > mostDescribed) return;
  live.set(await countLive(client, `${ours} AND ${isRunning} AND NOT (${waitsQuery})`, signal));
}

/** Counts live predictions: the step that waits for one is pending from its order to its end. */
async function countLive(client: FleetLook['client'], query: string, signal: AbortSignal): Promise<number> {
  const places = new Semaphore(atOnce);
  let live = 0;
  const work: Promise<void>[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    signal.throwIfAborted();
    const leave = await places.enter();
    const one = client.workflow
      .getHandle(workflowId, runId)
      .describe()
      .then(({ raw }) => {
        const pending = raw.pendingActivities ?? [];
        live += pending.filter(({ activityType }) => activityType?.name === 'awaitPrediction').length;
      });
    work.push(one.finally(leave));
  }
  await Promise.all(work);
  return live;
}
