import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { execa } from 'execa';
import { z } from 'zod';

import type { VideoProgress } from '../../domain/progress.ts';
import { progressQuery } from '../../workflows/messages.ts';
import { readActivityTimes } from './support/activity-times.ts';
import type { BenchStack } from './support/bench-stack.ts';
import { startVideo } from './support/make-video.ts';
import { round } from './support/percentile.ts';
import { readMemory } from './support/process-memory.ts';
import { note, runBenchmark } from './support/run-benchmark.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

/*
 * Memory of a worker that moves three large chunks at once from the host into the bucket, and of a program that
 * fetches each whole and puts it. The worker is a process of the product that serves only the pool `transfer`; the
 * other pools run in another process.
 *
 * --size-mib N (default 200) is the size of each chunk, --json prints one line of JSON.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, 'size-mib': { type: 'string', default: '200' } },
});
const sizeMiB = readSize(values['size-mib']);
const chunks = 3;
const videoId = 'memory';

interface WayFigures {
  /** Memory before the first byte. */
  readonly idleMiB: number;
  /** The most over the process's whole life. */
  readonly peakMiB: number;
  readonly seconds: number;
  readonly mebibytesPerSecond: number;
}

interface Result {
  readonly benchmark: 'memory';
  readonly chunks: number;
  readonly sizeMiB: number;
  readonly streamed: WayFigures;
  readonly buffered: WayFigures;
  /** The memory of the buffered way as a multiple of the streamed one. */
  readonly memoryRatio: number;
}

async function measure(stack: BenchStack): Promise<Result> {
  await stack.standIn.setFaults([
    { match: { kind: 'clip' }, times: 'always', fault: { type: 'bigOutput', sizeMiB } },
  ]);
  // All three end at once, so that they are moved at the same time.
  await stack.standIn.setBarrier({ kind: 'clip', count: chunks });
  const { pid } = await stack.startWorker('transfer', ['transfer']);
  await stack.startWorker('rest', ['orchestrator', 'generate', 'render']);
  const streamed = await stream(stack, pid);
  const buffered = await buffer(stack);
  return {
    benchmark: 'memory',
    chunks,
    sizeMiB,
    streamed,
    buffered,
    memoryRatio: round(buffered.peakMiB / streamed.peakMiB, 1),
  };
}

async function stream({ client }: BenchStack, pid: number): Promise<WayFigures> {
  note('Streaming');
  const { nowMiB: idleMiB } = await readMemory(pid);
  await startVideo(client, { videoId, beats: chunks, music: false });
  await awaitChunks(() => client.workflow.getHandle(videoId).query(progressQuery));
  const { peakMiB } = await readMemory(pid);
  const transfers = (await readActivityTimes(client, videoId)).filter(
    ({ name, input }) => name === 'storeArtifact' && (input as { kind?: string }).kind === 'clip',
  );
  const first = Math.min(...transfers.map(({ startedMs }) => startedMs));
  const last = Math.max(...transfers.map(({ completedMs }) => completedMs));
  return toFigures({ idleMiB, peakMiB, seconds: (last - first) / 1000 });
}

/**
 * Waits for stored chunks. The host's files are not footage, so normalising fails afterwards, which does not matter.
 */
async function awaitChunks(readProgress: () => Promise<VideoProgress>): Promise<void> {
  for (;;) {
    const { phases } = await readProgress();
    const units = phases.find(({ phase }) => phase === 'chunks')?.units ?? [];
    const failed = units.find(({ status }) => status === 'failed');
    if (failed) throw new Error(`${failed.name} failed: ${failed.failure?.reason ?? 'no reason'}`);
    if (units.length === chunks && units.every(({ status }) => status === 'succeeded')) return;
    await sleep(250);
  }
}

const bufferedSchema = z.object({
  idleMiB: z.number(),
  peakMiB: z.number(),
  seconds: z.number(),
  sizeBytes: z.number(),
});

async function buffer({ standIn, env }: BenchStack): Promise<WayFigures> {
  note('Buffering');
  const { predictions } = await standIn.counters();
  const clips = predictions.filter(({ kind }) => kind === 'clip');
  const addresses = await Promise.all(clips.map(({ id }) => standIn.outputAddress(id)));
  const program = fileURLToPath(new URL('support/buffered-program.ts', import.meta.url));
  const { stdout } = await execa(process.execPath, [...typescriptFlags, program, ...addresses], {
    env: { ...env, NODE_NO_WARNINGS: '1' },
  });
  const measured = bufferedSchema.parse(JSON.parse(stdout));
  if (measured.sizeBytes !== sizeMiB * 1024 * 1024)
    throw new Error(`A file of ${measured.sizeBytes} bytes came where ${sizeMiB} MiB were meant.`);
  return toFigures(measured);
}

function toFigures({
  idleMiB,
  peakMiB,
  seconds,
}: Pick<WayFigures, 'idleMiB' | 'peakMiB' | 'seconds'>): WayFigures {
  return {
    idleMiB: round(idleMiB, 0),
    peakMiB: round(peakMiB, 0),
    seconds: round(seconds, 2),
    mebibytesPerSecond: round((chunks * sizeMiB) / seconds, 0),
  };
}

function describeWay(name: string, { idleMiB, peakMiB, seconds, mebibytesPerSecond }: WayFigures): string {
  return `  ${name}: ${peakMiB} MiB at most (${idleMiB} before), ${seconds} s, ${mebibytesPerSecond} MiB/s`;
}

function readSize(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 2000) return size;
  throw new RangeError(`--size-mib is "${text}": a whole number from 1 to 2000.`);
}

await runBenchmark<Result>({
  stack: { latency: { stillSeconds: 0.2, clipSeconds: 0.5, scoreSeconds: 0.5 } },
  asJson: values.json,
  measure,
  describe: ({ streamed, buffered, memoryRatio }) => [
    `${chunks} chunks of ${sizeMiB} MiB at once, from the host into the bucket`,
    describeWay('streamed by a worker', streamed),
    describeWay('each whole in memory', buffered),
    `  the buffered way takes ${memoryRatio} times the memory`,
  ],
});
