import { parseArgs } from 'node:util';

import type { BenchStack } from './support/bench-stack.ts';
import { makeVideo, type VideoTimes } from './support/make-video.ts';
import { percentile, round } from './support/percentile.ts';
import { note, runBenchmark } from './support/run-benchmark.ts';
import { readUnitDelays, type UnitDelays } from './support/unit-delays.ts';

/*
 * Sequential against parallel: the same video under limits 1/1 and under the limits of temporal-dev.yaml, and the
 * parallel one against the best schedule those limits allow. All other settings are an operator's usual ones.
 *
 * The whole video is compared with its host's time in series, too: the best schedules of stills and chunks, then the
 * music. The host has its files ready, of the size that the model delivers, so that drawing takes no time from ffmpeg.
 *
 * --json prints one line of JSON. --quick takes a tenth of the time, with short predictions and small videos; its
 * ratios to the best schedule mean nothing, and it only proves that the benchmark works. --runs N makes each parallel
 * video N times (default 1) and keeps the fastest time of each phase, for a busy machine.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1' },
  },
});
const runs = readRuns(values.runs);

/** Times that do not match any polling interval. */
const latency = values.quick
  ? { stillSeconds: 0.9, clipSeconds: 2.3, scoreSeconds: 1.3 }
  : { stillSeconds: 4.3, clipSeconds: 12.3, scoreSeconds: 6.3 };

/** Numbers of beats, each with one still and one chunk. */
const sizes = values.quick ? [3] : [3, 7, 10];
const limits = { concurrentStills: 5, concurrentChunks: 3 };
const oneAtATime = { concurrentStills: 1, concurrentChunks: 1 };

interface PhaseFigures {
  readonly units: number;
  readonly sequentialSeconds: number;
  readonly parallelSeconds: number;
  /** The time of the sequential video as a multiple of the parallel one. */
  readonly speedup: number;
  readonly bestSeconds: number;
  /** The parallel time over that of the best schedule under the limits; at least 1. */
  readonly ratioToBest: number;
}

interface VideoFigures {
  readonly beats: number;
  readonly stills: PhaseFigures;
  readonly chunks: PhaseFigures;
  readonly sequentialSeconds: number;
  readonly parallelSeconds: number;
  /** The best schedules of phases 2 and 3, one after the other. */
  readonly bestSeconds: number;
  /** The whole video's time beyond `bestSeconds`. */
  readonly overheadSeconds: number;
  /** The host's time for stills, chunks and music when none of them overlap. */
  readonly hostSeconds: number;
  /** The whole parallel video over `hostSeconds`; below 1 where the music and ffmpeg hide behind the footage. */
  readonly ratioToHost: number;
}

interface Delays {
  readonly medianMs: number;
  readonly worstMs: number;
}

interface Result {
  readonly benchmark: 'parallel';
  readonly quick: boolean;
  /** The runs of each parallel video; the fastest counts. */
  readonly runs: number;
  readonly latency: typeof latency;
  readonly limits: typeof limits;
  readonly videos: readonly VideoFigures[];
  /** The time of units beyond their host's, over the parallel videos. */
  readonly delays: Readonly<Record<'order' | 'notice' | 'store', Delays>>;
}

async function measure(stack: BenchStack): Promise<Result> {
  await stack.startWorker('worker');
  note(
    '1 beat, which is not measured: the first video of a worker loads code and learns how long the models take',
  );
  await makeVideo(stack.client, { videoId: 'warm-up', beats: 1 });
  const videos: VideoFigures[] = [];
  const delays: UnitDelays[] = [];
  for (const beats of sizes) {
    const parallel: VideoTimes[] = [];
    for (let run = 1; run <= runs; run += 1) {
      note(`${beats} beats in parallel, run ${run} of ${runs}`);
      const videoId = `parallel-${beats}-${run}`;
      parallel.push(await makeVideo(stack.client, { videoId, beats, limits }));
      delays.push(...(await readUnitDelays(stack.client, stack.standIn, videoId)));
    }
    note(`${beats} beats one after the other`);
    const sequential = await makeVideo(stack.client, {
      videoId: `sequential-${beats}`,
      beats,
      limits: oneAtATime,
    });
    videos.push(compare(beats, sequential, fastest(parallel)));
  }
  return {
    benchmark: 'parallel',
    quick: values.quick,
    runs,
    latency,
    limits,
    videos,
    delays: {
      order: summarize(delays.map(({ orderMs }) => orderMs)),
      notice: summarize(delays.map(({ noticeMs }) => noticeMs)),
      store: summarize(delays.map(({ storeMs }) => storeMs)),
    },
  };
}

/** The fastest time of each phase over several runs. */
function fastest(times: readonly VideoTimes[]): VideoTimes {
  return {
    wholeSeconds: Math.min(...times.map(({ wholeSeconds }) => wholeSeconds)),
    phaseSeconds: (phase) => Math.min(...times.map((run) => run.phaseSeconds(phase))),
  };
}

function compare(beats: number, sequential: VideoTimes, parallel: VideoTimes): VideoFigures {
  const figures = (phase: 'storyboard' | 'chunks', bestSeconds: number): PhaseFigures => {
    const sequentialSeconds = sequential.phaseSeconds(phase);
    const parallelSeconds = parallel.phaseSeconds(phase);
    return {
      units: beats,
      sequentialSeconds: round(sequentialSeconds, 2),
      parallelSeconds: round(parallelSeconds, 2),
      speedup: round(sequentialSeconds / parallelSeconds, 2),
      bestSeconds: round(bestSeconds, 2),
      ratioToBest: round(parallelSeconds / bestSeconds, 3),
    };
  };
  const stills = figures('storyboard', Math.ceil(beats / limits.concurrentStills) * latency.stillSeconds);
  const chunks = figures('chunks', Math.ceil(beats / limits.concurrentChunks) * latency.clipSeconds);
  const bestSeconds = stills.bestSeconds + chunks.bestSeconds;
  const hostSeconds = bestSeconds + latency.scoreSeconds;
  return {
    beats,
    stills,
    chunks,
    sequentialSeconds: round(sequential.wholeSeconds, 2),
    parallelSeconds: round(parallel.wholeSeconds, 2),
    bestSeconds: round(bestSeconds, 2),
    overheadSeconds: round(parallel.wholeSeconds - bestSeconds, 2),
    hostSeconds: round(hostSeconds, 2),
    ratioToHost: round(parallel.wholeSeconds / hostSeconds, 3),
  };
}

function summarize(milliseconds: readonly number[]): Delays {
  return {
    medianMs: round(percentile(milliseconds, 0.5), 0),
    worstMs: round(percentile(milliseconds, 1), 0),
  };
}

function describeVideo(video: VideoFigures): string[] {
  const phase = (name: string, figures: PhaseFigures) =>
    `  ${figures.units} ${name}: ${figures.sequentialSeconds} s one after the other, ${figures.parallelSeconds} s in parallel ` +
    `(${figures.speedup} times as fast); best possible ${figures.bestSeconds} s, ratio ${figures.ratioToBest}`;
  return [
    `A video of ${video.beats} beats: ${video.sequentialSeconds} s one after the other, ${video.parallelSeconds} s in parallel, ` +
      `${video.overheadSeconds} s more than the best schedule of its stills and chunks (${video.bestSeconds} s), ` +
      `${video.ratioToHost} of its host's time in series (${video.hostSeconds} s)`,
    phase('stills', video.stills),
    phase('chunks', video.chunks),
  ];
}

function describeDelays(what: string, { medianMs, worstMs }: Delays): string {
  return `${medianMs} / ${worstMs} ms to ${what}`;
}

function readRuns(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 20) return count;
  throw new RangeError(`--runs is "${text}": a whole number from 1 to 20.`);
}

await runBenchmark<Result>({
  stack: { latency, drawing: 'ready' },
  asJson: values.json,
  measure,
  describe: ({ videos, delays }) => [
    ...videos.flatMap(describeVideo),
    `Beyond the host's time a unit takes (median / worst): ${describeDelays('order', delays.order)}, ` +
      `${describeDelays('notice the end', delays.notice)}, ${describeDelays('store', delays.store)}.`,
  ],
});
