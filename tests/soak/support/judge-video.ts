import { join } from 'node:path';
import { rm } from 'node:fs/promises';

import { createObjectStore } from '../../../storage/object-store.ts';
import { probeFootage } from '../../../activities/media/footage/probe-footage.ts';
import { FileStore } from '../../../client/files/file-store.ts';
import { downloadVideo } from '../../../client/files/download-video.ts';
import { readLedger } from '../../../client/files/read-ledger.ts';
import { verifyVideo } from '../../../client/files/verify-video.ts';
import type { CountedPrediction } from '../../../workers/dev/stand-in/control/counters.ts';
import { framesPerSecond } from '../../../domain/chunks.ts';
import { mostAtOnce } from './most-at-once.ts';
import { durationSeconds, plannedUnits } from './soak-brief.ts';
import type { SoakStack } from './soak-stack.ts';

/** The verdict on one video, judged from outside. */
export interface Verdict {
  readonly creates: number;
  readonly live: number;
  readonly openUploads: number;
  readonly mostStills: number;
  readonly mostChunks: number;
  /** Problems as sentences; empty for a good video. */
  readonly problems: readonly string[];
}

/** The purchases of a video. */
export interface Bought {
  /** Orders that the host took for it. */
  readonly predictions: readonly CountedPrediction[];
  /** Names of units that it reported as paid and lost; each was bought once more. */
  readonly lost?: readonly string[];
}

export async function judgeVideo(
  stack: SoakStack,
  videoId: string,
  { predictions, lost = [] }: Bought,
): Promise<Verdict> {
  const store = createObjectStore(stack.s3);
  const files = new FileStore(stack.s3);
  try {
    const openUploads = (await store.listOpenUploads(`videos/${videoId}/`)).length;
    const live = predictions.filter(({ status }) => status === 'starting' || status === 'processing').length;
    const mostStills = mostAtOnce(predictions, 'still');
    const mostChunks = mostAtOnce(predictions, 'clip');
    const problems = [
      ...countProblems(predictions, lost),
      ...(await fileProblems(stack, files, videoId)),
      ...(await ledgerProblems(files, videoId, predictions)),
      ...(live > 0 ? [`${live} predictions still run`] : []),
      ...(openUploads > 0 ? [`${openUploads} uploads are open`] : []),
      ...(mostStills > 5 ? [`${mostStills} stills were live at once`] : []),
      ...(mostChunks > 3 ? [`${mostChunks} chunks were live at once`] : []),
    ];
    return {
      creates: predictions.length,
      live,
      openUploads,
      mostStills,
      mostChunks,
      problems: problems.map((problem) => `${videoId}: ${problem}`),
    };
  } finally {
    files.close();
    store.close();
  }
}

function countProblems(predictions: readonly CountedPrediction[], lost: readonly string[]): string[] {
  return (['still', 'clip', 'score'] as const).flatMap((kind) => {
    const count = predictions.filter((prediction) => prediction.kind === kind).length;
    const medium = kind === 'clip' ? 'chunk' : kind;
    const planned = plannedUnits[kind] + lost.filter((name) => name.startsWith(medium)).length;
    return count === planned ? [] : [`${count} creates of ${kind}, planned ${planned}`];
  });
}

async function fileProblems(
  { tools, folder }: SoakStack,
  files: FileStore,
  videoId: string,
): Promise<string[]> {
  const record = { unrecorded: 'the soak asks the bucket alone' };
  const report = await verifyVideo(files, videoId, record);
  const path = join(folder, `${videoId}.mp4`);
  try {
    await downloadVideo(files, { videoId, path, record });
    const { picture, sound } = await probeFootage(tools, path, { signal: AbortSignal.timeout(60_000) });
    const frames = durationSeconds * framesPerSecond;
    return [
      ...report.problems.map(({ text }) => text),
      ...(report.status === 'succeeded' ? [] : [`the manifest says ${report.status}`]),
      ...(picture.frameCount === frames ? [] : [`${String(picture.frameCount)} frames, planned ${frames}`]),
      ...(sound ? [] : ['no sound']),
    ];
  } finally {
    await rm(path, { force: true });
  }
}

/** Checks that every prediction at the host belongs to one entry, and no entry has two. */
async function ledgerProblems(
  files: FileStore,
  videoId: string,
  predictions: readonly CountedPrediction[],
): Promise<string[]> {
  const { purchases, unreadable } = await readLedger(files, videoId);
  const known = new Set(purchases.map(({ predictionId }) => predictionId));
  const strays = predictions.filter(({ id }) => !known.has(id));
  const open = purchases.filter(({ endedAt }) => endedAt === undefined);
  return [
    ...strays.map(({ id, kind }) => `the ${kind} ${id} is in no ledger entry`),
    ...open.map(({ key, state }) => `${key} is ${state}`),
    ...unreadable.map((key) => `${key} cannot be read`),
  ];
}
