import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import type { BenchStack } from './support/bench-stack.ts';
import { makeVideo, type VideoTimes } from './support/make-video.ts';
import { percentile, round } from './support/percentile.ts';
import { note, runBenchmark } from './support/run-benchmark.ts';

/*
 * The cost of a host account's permits for a single video: the same video of 3 beats by workers without account limits,
 * and by workers with limits that it never reaches, so that it only pays for asking.
 *
 * --json prints one line of JSON. --rounds N makes each video N times (default 3); the fastest time of each phase
 * counts.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '3' } },
});
const rounds = readRounds(values.rounds);

/** The latencies of bench:parallel. */
const latency = { stillSeconds: 4.3, clipSeconds: 12.3, scoreSeconds: 8.7 };
const beats = 3;
const limits = { concurrentStills: 5, concurrentChunks: 3 };

interface Makespan {
  readonly stillsSeconds: number;
  readonly chunksSeconds: number;
  readonly wholeSeconds: number;
  /** Events of the video's history. */
  readonly events: number;
}

interface Result {
  readonly benchmark: 'permits';
  readonly rounds: number;
  readonly latency: typeof latency;
  readonly without: Makespan;
  readonly withPermits: Makespan;
  /** The added share of phases 2 and 3, which permits can delay; 0.05 is 5 % more. */
  readonly addedToPhases: number;
  readonly addedToWhole: number;
  readonly eventsPerPermit: number;
}

async function measure(stack: BenchStack): Promise<Result> {
  const without = await measureUnder(stack, 'without', {});
  const withPermits = await measureUnder(stack, 'with', limits);
  const phases = ({ stillsSeconds, chunksSeconds }: Makespan) => stillsSeconds + chunksSeconds;
  return {
    benchmark: 'permits',
    rounds,
    latency,
    without,
    withPermits,
    addedToPhases: round(phases(withPermits) / phases(without) - 1, 4),
    addedToWhole: round(withPermits.wholeSeconds / without.wholeSeconds - 1, 4),
    eventsPerPermit: round((withPermits.events - without.events) / (2 * beats), 1),
  };
}

/** Measures with workers of their own, because a worker reads its limits when it starts. */
async function measureUnder(stack: BenchStack, name: string, replicate: object): Promise<Makespan> {
  const config = { ...stack.config, hosts: { replicate } };
  await writeFile(stack.env['BEATREEL_CONFIG'] ?? '', JSON.stringify(config));
  const worker = await stack.startWorker(name);
  note(`${name} permits: 1 beat, which is not measured, for what a worker does once`);
  await makeVideo(stack.client, { videoId: `warm-up-${name}`, beats: 1 });
  const times: VideoTimes[] = [];
  const events: number[] = [];
  for (let turn = 1; turn <= rounds; turn += 1) {
    note(`${name} permits: ${beats} beats, round ${turn} of ${rounds}`);
    const videoId = `${name}-${turn}`;
    times.push(await makeVideo(stack.client, { videoId, beats }));
    const history = await stack.client.workflow.getHandle(videoId).fetchHistory();
    events.push(history.events?.length ?? 0);
  }
  await worker.stop();
  return {
    stillsSeconds: round(Math.min(...times.map((video) => video.phaseSeconds('storyboard'))), 2),
    chunksSeconds: round(Math.min(...times.map((video) => video.phaseSeconds('chunks'))), 2),
    wholeSeconds: round(Math.min(...times.map(({ wholeSeconds }) => wholeSeconds)), 2),
    events: round(percentile(events, 0.5), 0),
  };
}

function readRounds(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 20) return count;
  throw new RangeError(`--rounds is "${text}": a whole number from 1 to 20.`);
}

const describeMakespan = (name: string, { stillsSeconds, chunksSeconds, wholeSeconds, events }: Makespan) =>
  `${name}: stills ${stillsSeconds} s, chunks ${chunksSeconds} s, the whole video ${wholeSeconds} s, ${events} events`;

await runBenchmark<Result>({
  stack: { latency },
  asJson: values.json,
  measure,
  describe: ({ without, withPermits, addedToPhases, addedToWhole, eventsPerPermit }) => [
    describeMakespan('Without account limits', without),
    describeMakespan('With permits', withPermits),
    `Permits add ${round(addedToPhases * 100, 1)} % to the two phases and ${round(addedToWhole * 100, 1)} % to the ` +
      `whole video; ${eventsPerPermit} events a permit.`,
  ],
});
