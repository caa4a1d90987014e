import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { isGrpcServiceError, WorkflowFailedError } from '@temporalio/client';

import type { DevConfig } from '../../workers/configuration/dev-config.ts';
import type { BenchStack } from './support/bench-stack.ts';
import { startVideo } from './support/make-video.ts';
import { percentile, round } from './support/percentile.ts';
import { readCpuSeconds } from './support/process-cpu.ts';
import { readMemory } from './support/process-memory.ts';
import { note, runBenchmark } from './support/run-benchmark.ts';

/*
 * Many videos on one small worker: every one waits for its first still, which the stand-in holds at a barrier, so that
 * all are live at the same time while the worker has 4 slots a queue.
 *
 * --videos N (default 200), --end cancel|release (default cancel), --json for one line of JSON.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    videos: { type: 'string', default: '200' },
    end: { type: 'string', default: 'cancel' },
  },
});
const videos = readCount(values.videos);
const end = readEnd(values.end);

/** Callers that start videos side by side, each one after the other. */
const callers = 8;
const slotsPerQueue = 4;
/** The length of the measurement while all wait. */
const watchSeconds = 10;

interface Result {
  readonly benchmark: 'inflight';
  readonly videos: number;
  readonly slotsPerQueue: number;
  /** Predictions live at the host at the same time, all of them held at its barrier. */
  readonly inFlight: number;
  /** Times from a caller's call to its return. */
  readonly startLatency: { readonly p50Ms: number; readonly p95Ms: number; readonly worstMs: number };
  /** Time from the first call until every prediction was live. */
  readonly allLiveSeconds: number;
  /** Figures of the one worker process. */
  readonly worker: {
    readonly idleMiB: number;
    readonly holdingMiB: number;
    readonly peakMiB: number;
    /** Share of one core while it holds all of them. */
    readonly cpuShareHolding: number;
  };
  /** Looks at predictions a second, over all videos. */
  readonly looksPerSecond: number;
  readonly eventsPerVideo: {
    readonly holding: { readonly median: number; readonly most: number };
    readonly ended: { readonly median: number; readonly most: number };
  };
  readonly end: { readonly how: typeof end; readonly seconds: number; readonly liveAfterwards: number };
}

/** Few slots, and submitting rates that do not slow the start. Looks stay under the account's limit. */
function narrow(config: DevConfig): DevConfig {
  const submitting = { slots: slotsPerQueue, ratePerSecond: 1000 };
  const { queues } = config;
  return {
    ...config,
    queues: {
      ...queues,
      orchestrator: { ...queues.orchestrator, maxConcurrentWorkflowTasks: slotsPerQueue },
      stills: submitting,
      chunks: submitting,
      score: submitting,
      waiting: { ...queues.waiting, slots: slotsPerQueue },
      cleanup: { slots: slotsPerQueue },
      transfer: { ...queues.transfer, slots: slotsPerQueue },
      planning: { slots: slotsPerQueue },
    },
  };
}

async function measure({ client, standIn, startWorker }: BenchStack): Promise<Result> {
  await standIn.setBarrier({ kind: 'still' });
  const { pid } = await startWorker('worker');
  const idle = await readMemory(pid);
  const ids = Array.from({ length: videos }, (_, index) => `inflight-${index}`);
  note(`Starting ${videos} videos`);
  const startedAt = performance.now();
  const latencies = await inTurns(ids, (videoId) => startVideo(client, { videoId, beats: 1, music: false }));
  const held = await standIn.waitFor({ held: videos, timeoutSeconds: 1200 });
  const allLiveSeconds = (performance.now() - startedAt) / 1000;
  note(`All ${held.inFlight.still} predictions are live; watching for ${watchSeconds} s`);
  const cpuBefore = await readCpuSeconds(pid);
  const { gets: looksBefore } = await standIn.counters();
  const watchedFrom = performance.now();
  await sleep(watchSeconds * 1000);
  const watchedSeconds = (performance.now() - watchedFrom) / 1000;
  const { gets, inFlight } = await standIn.counters();
  const cpuShare = ((await readCpuSeconds(pid)) - cpuBefore) / watchedSeconds;
  const holding = await readMemory(pid);
  const readEvents = () =>
    inTurns(ids, async (videoId) => (await client.workflow.getHandle(videoId).describe()).historyLength);
  const eventsHolding = await readEvents();
  note(end === 'cancel' ? 'Canceling all of them' : 'Releasing all of them');
  const endFrom = performance.now();
  if (end === 'release') await standIn.release();
  else await inTurns(ids, (videoId) => client.workflow.getHandle(videoId).cancel());
  await inTurns(ids, (videoId) => awaitEnd(client.workflow.getHandle(videoId).result()));
  const endSeconds = (performance.now() - endFrom) / 1000;
  const afterwards = await standIn.counters();
  return {
    benchmark: 'inflight',
    videos,
    slotsPerQueue,
    inFlight: inFlight.still,
    startLatency: {
      p50Ms: round(percentile(latencies, 0.5), 1),
      p95Ms: round(percentile(latencies, 0.95), 1),
      worstMs: round(percentile(latencies, 1), 1),
    },
    allLiveSeconds: round(allLiveSeconds, 1),
    worker: {
      idleMiB: round(idle.nowMiB, 0),
      holdingMiB: round(holding.nowMiB, 0),
      peakMiB: round((await readMemory(pid)).peakMiB, 0),
      cpuShareHolding: round(cpuShare, 2),
    },
    looksPerSecond: round((gets - looksBefore) / watchedSeconds, 1),
    eventsPerVideo: { holding: summarize(eventsHolding), ended: summarize(await readEvents()) },
    end: {
      how: end,
      seconds: round(endSeconds, 1),
      liveAfterwards: afterwards.inFlight.still + afterwards.inFlight.clip + afterwards.inFlight.score,
    },
  };
}

/** Works through a list with a few callers. @returns results in the order of the list */
async function inTurns<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const results: Value[] = [];
  const queue = items.entries();
  const caller = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return results;
}

/** Waits for the end; a cancelled video rejects, as this benchmark expects. */
async function awaitEnd(result: Promise<unknown>): Promise<void> {
  try {
    await result;
  } catch (error) {
    if (isGrpcServiceError(error) || !(error instanceof WorkflowFailedError) || end === 'release')
      throw error;
  }
}

function summarize(counts: readonly number[]) {
  return { median: percentile(counts, 0.5), most: percentile(counts, 1) };
}

function describe(result: Result): string[] {
  const { startLatency, worker, eventsPerVideo } = result;
  return [
    `${result.inFlight} predictions of ${result.videos} videos live at the same time on one worker with ${slotsPerQueue} slots a queue`,
    `  all live after ${result.allLiveSeconds} s; a start returned after ${startLatency.p50Ms} ms (p50), ${startLatency.p95Ms} ms (p95)`,
    `  memory of the worker: ${worker.idleMiB} MiB idle, ${worker.holdingMiB} MiB holding, ${worker.peakMiB} MiB at most`,
    `  while holding: ${worker.cpuShareHolding} of a core, ${result.looksPerSecond} looks a second`,
    `  history: ${eventsPerVideo.holding.median} events a video while holding, ${eventsPerVideo.ended.median} at its end`,
    `  ${end === 'cancel' ? 'canceled' : 'released'}: all ended after ${result.end.seconds} s, ${result.end.liveAfterwards} predictions still live`,
  ];
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`--videos is "${text}": a whole number above 0.`);
}

function readEnd(text: string): 'cancel' | 'release' {
  if (text === 'cancel' || text === 'release') return text;
  throw new RangeError(`--end is "${text}": cancel or release.`);
}

await runBenchmark<Result>({
  stack: {
    latency: { stillSeconds: 0.2, clipSeconds: 1, scoreSeconds: 1 },
    configure: narrow,
  },
  asJson: values.json,
  measure,
  describe,
});
