import { parseArgs } from 'node:util';

import type { BenchStack } from './support/bench-stack.ts';
import { makeVideo } from './support/make-video.ts';
import { percentile, round } from './support/percentile.ts';
import { note, runBenchmark } from './support/run-benchmark.ts';
import type { UnitDelays } from './support/unit-delays.ts';
import { readUnitDelays } from './support/unit-delays.ts';

/*
 * The time to notice an end with webhooks on: from the end of a prediction, by the stand-in's clock, to the completion
 * of its awaitPrediction in history; the outcome is in the ledger by then. Looks come every 30 s, longer than any
 * prediction here takes, so that none of them helps.
 *
 * --predictions N (default 60), in videos of 5 beats with a still and a chunk each; --json for one line of JSON.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, predictions: { type: 'string', default: '60' } },
});
const predictions = readCount(values.predictions);

const beats = 5;
const latency = { stillSeconds: 2.3, clipSeconds: 4.1, scoreSeconds: 3 };
/** Longer than any message takes here, and far below 30 s: a slower end was found by a look. */
const foundByLookMs = 15_000;

interface Result {
  readonly benchmark: 'webhooks';
  readonly predictions: number;
  readonly latency: typeof latency;
  readonly videosAtOnce: 1;
  /** Times from the end at the host to the completion in history. */
  readonly notice: { readonly p50Ms: number; readonly p95Ms: number; readonly maxMs: number };
  /** Ends that no webhook announced in time. */
  readonly foundByLook: number;
  /** Webhooks that the host sent and that were answered. */
  readonly webhooksSent: number;
  /** Reads at the host per prediction: the first look, the look after the webhook, and one to fetch. */
  readonly readsPerPrediction: number;
}

async function measure(stack: BenchStack): Promise<Result> {
  const { client, standIn } = stack;
  await stack.startWebhooks();
  await stack.startWorker('worker');
  note('1 beat, which is not measured: the first video of a worker loads code');
  await makeVideo(client, { videoId: 'warm-up', beats: 1, music: false });
  const before = await standIn.counters();
  const delays: UnitDelays[] = [];
  for (let video = 1; delays.length < predictions; video += 1) {
    const videoId = `webhooks-${video}`;
    note(`${delays.length} of ${predictions} predictions; ${videoId}`);
    await makeVideo(client, { videoId, beats, music: false });
    delays.push(...(await readUnitDelays(client, standIn, videoId)));
  }
  const after = await standIn.counters();
  const notices = delays.map(({ noticeMs }) => noticeMs);
  return {
    benchmark: 'webhooks',
    predictions: notices.length,
    latency,
    videosAtOnce: 1,
    notice: {
      p50Ms: round(percentile(notices, 0.5), 0),
      p95Ms: round(percentile(notices, 0.95), 0),
      maxMs: round(percentile(notices, 1), 0),
    },
    foundByLook: notices.filter((ms) => ms > foundByLookMs).length,
    webhooksSent: after.webhooksSent - before.webhooksSent,
    readsPerPrediction: round((after.gets - before.gets) / notices.length, 1),
  };
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`--predictions is "${text}": a whole number above 0.`);
}

await runBenchmark<Result>({
  stack: { latency },
  asJson: values.json,
  measure,
  describe: ({ notice, ...result }) => [
    `${result.predictions} predictions: their ends were known after ${notice.p50Ms} ms (p50), ${notice.p95Ms} ms (p95), ` +
      `${notice.maxMs} ms (most)`,
    `  ${result.webhooksSent} webhooks, ${result.foundByLook} ends found by a look, ` +
      `${result.readsPerPrediction} reads at the host a prediction`,
  ],
});
