import { parseArgs } from 'node:util';

import type { Edit } from '../../domain/edits/edit.ts';
import type { Revised } from '../../domain/edits/revised.ts';
import type { VideoResult } from '../../domain/progress.ts';
import { editId, editVideoType, orchestratorQueue } from '../../workflows/messages.ts';
import type { BenchStack } from './support/bench-stack.ts';
import { makeVideo } from './support/make-video.ts';
import { round } from './support/percentile.ts';
import { note, runBenchmark } from './support/run-benchmark.ts';

/*
 * Changes one beat of a finished video, counts its orders, and compares its time with a new video and with the host's
 * time for that beat alone. --json prints one line of JSON; --quick takes short predictions and three beats, so that
 * its ratios mean nothing.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

/** Times that do not match any polling interval. */
const latency = values.quick
  ? { stillSeconds: 0.9, clipSeconds: 2.3, scoreSeconds: 1.3 }
  : { stillSeconds: 4.3, clipSeconds: 12.3, scoreSeconds: 8.7 };
const beats = values.quick ? 3 : 10;

interface Result {
  readonly benchmark: 'revise';
  readonly quick: boolean;
  readonly beats: number;
  readonly latency: typeof latency;
  /** Orders of the change: one still and one chunk of one beat. */
  readonly creates: number;
  readonly plannedCreates: number;
  readonly newVideoSeconds: number;
  readonly changeSeconds: number;
  /** The time of the change over that of the new video. */
  readonly ratioToNewVideo: number;
  /** The time of the change over the host's time for still and clip of one beat in series. */
  readonly ratioToHostTime: number;
}

async function measure(stack: BenchStack): Promise<Result> {
  await stack.startWorker('worker');
  note(
    '1 beat, which is not measured: the first video of a worker loads code and learns how long the models take',
  );
  await makeVideo(stack.client, { videoId: 'warm-up', beats: 1 });
  note(`${beats} beats`);
  const videoId = 'revised';
  const { wholeSeconds } = await makeVideo(stack.client, { videoId, beats });
  const before = (await stack.standIn.counters()).creates;
  note('one of them in other words');
  const edits: Edit[] = [{ op: 'words', beat: 2, still: 'The lamp seen from the street, in rain' }];
  const startedAt = performance.now();
  const { plan } = (await stack.client.workflow.execute(editVideoType, {
    workflowId: editId(videoId, 'bench'),
    taskQueue: orchestratorQueue,
    args: [{ edits }],
  })) as Revised;
  const { manifest } = (await stack.client.workflow.getHandle(videoId).result()) as VideoResult;
  const changeSeconds = (performance.now() - startedAt) / 1000;
  if (!manifest.key.endsWith('-r2.json')) throw new Error(`${manifest.key} is not the changed video.`);
  return {
    benchmark: 'revise',
    quick: values.quick,
    beats,
    latency,
    creates: (await stack.standIn.counters()).creates - before,
    plannedCreates: plan.units.filter((unit) => unit.do === 'buy').length,
    newVideoSeconds: round(wholeSeconds, 2),
    changeSeconds: round(changeSeconds, 2),
    ratioToNewVideo: round(changeSeconds / wholeSeconds, 3),
    ratioToHostTime: round(changeSeconds / (latency.stillSeconds + latency.clipSeconds), 3),
  };
}

await runBenchmark<Result>({
  stack: { latency },
  asJson: values.json,
  measure,
  describe: (result) => [
    `One beat of ${result.beats} in other words: ${result.creates} orders (planned ${result.plannedCreates}), ` +
      `${result.changeSeconds} s; ${result.ratioToNewVideo} of a new video (${result.newVideoSeconds} s), ` +
      `${result.ratioToHostTime} of the host's own time for that beat.`,
  ],
});
