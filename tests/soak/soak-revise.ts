import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { ApplicationFailure, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';

import { probeFootage } from '../../activities/media/footage/probe-footage.ts';
import { downloadVideo } from '../../client/files/download-video.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { readManifest } from '../../client/files/read-manifest.ts';
import { readTakes } from '../../client/files/read-takes.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import { framesPerSecond } from '../../domain/chunks.ts';
import type { Edit } from '../../domain/edits/edit.ts';
import type { OpenGate } from '../../domain/gates.ts';
import type { Revised } from '../../domain/edits/revised.ts';
import type { Manifest } from '../../domain/schemas/manifest-schema.ts';
import {
  approveUpdate,
  editId,
  editVideoType,
  generateVideoType,
  orchestratorQueue,
  progressQuery,
} from '../../workflows/messages.ts';
import { drawEdit } from './support/random-edits.ts';
import { createRandom } from './support/random.ts';
import { type SoakStack, startSoakStack, type VictimName } from './support/soak-stack.ts';
import { waitForEnd } from './support/soak-video.ts';

/*
 * `npm run soak:revise -- [--sequences N] [--seed S] [--json]`: changes videos several times, each time by a random
 * list of edits, while the worker, the endpoint, Temporal, the store and the host are killed. Asks for the plan of
 * every revision first. Exits with 1 when the host took more or fewer orders than planned, a file of an earlier
 * revision has changed, a revision does not verify, a gate leaks while everything is restarted three times, or a
 * video's length differs from its beats. The same seed does the same.
 */
const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

/** Workers die most. */
const lots: readonly VictimName[] = ['worker', 'worker', 'worker', 'webhooks', 'temporal', 'store', 'host'];
const revisionsPerVideo = 3;
const killsPerRevision = 2;
const mostEdits = 3;
const longestVideoMs = 10 * 60_000;

interface Soak {
  readonly stack: SoakStack;
  readonly files: FileStore;
  readonly random: () => number;
  readonly problems: string[];
  kills: number;
  edits: number;
  refused: number;
  creates: number;
}

async function changeUnderFire(soak: Soak, videoId: string): Promise<void> {
  const { stack } = soak;
  const startedAtMs = Date.now();
  const prompts = [0, 1].map((beat) => ({
    prompt: `The lighthouse of ${videoId}, month ${beat}`,
    durationSeconds: 5,
  }));
  const brief = {
    prompt: `A lighthouse, ${videoId}`,
    durationSeconds: 10,
    aspectRatio: '1:1',
    beats: prompts,
  };
  await stack.client.workflow.start(generateVideoType, {
    workflowId: videoId,
    taskQueue: orchestratorQueue,
    args: [brief],
  });
  await finish(soak, videoId);
  let planned = 5;
  for (let count = 1; count <= revisionsPerVideo; count += 1) {
    const before = await hashesOf(soak, videoId);
    const edits = await drawFitting(soak, videoId, `${videoId}, change ${count}`);
    const { plan, revision } = await edit(soak, videoId, { edits, isDryRun: true });
    planned += plan.units.filter((unit) => unit.do === 'buy').length;
    await edit(soak, videoId, { edits, accept: plan.digest });
    await finish(soak, videoId);
    soak.edits += edits.length;
    const after = await hashesOf(soak, videoId);
    const changed = Object.keys(before).filter((key) => after[key] !== before[key]);
    soak.problems.push(...changed.map((key) => `${videoId}: ${key} has changed by revision ${revision}`));
    for (let made = 1; made <= revision; made += 1) await judge(soak, videoId, made);
  }
  const { predictions } = await stack.standIn.counters();
  const creates = predictions.filter(({ createdAtMs }) => createdAtMs >= startedAtMs).length;
  soak.creates += creates;
  if (creates !== planned)
    soak.problems.push(`${videoId}: ${creates} creates, and the plans said ${planned}`);
}

/** Kills everything three times at a gate. Nothing may be bought meanwhile, and the digest must stay. */
async function waitAtGate(soak: Soak, videoId: string): Promise<void> {
  const { stack, problems } = soak;
  const brief = {
    prompt: `A lighthouse, ${videoId}`,
    durationSeconds: 5,
    aspectRatio: '1:1',
    approve: ['stills'],
  };
  const video = await stack.client.workflow.start(generateVideoType, {
    workflowId: videoId,
    taskQueue: orchestratorQueue,
    args: [brief],
  });
  const open = await gateOf(video);
  const before = (await stack.standIn.counters()).creates;
  for (let restart = 1; restart <= 3; restart += 1) {
    for (const victim of Object.values(stack.victims)) await victim.kill();
    soak.kills += Object.keys(stack.victims).length;
    for (const name of ['store', 'temporal', 'host', 'webhooks', 'worker'] as const)
      await stack.victims[name].revive();
    if ((await gateOf(video)).digest !== open.digest)
      problems.push(`${videoId}: another digest after a restart`);
  }
  const bought = (await stack.standIn.counters()).creates - before;
  if (bought !== 0) problems.push(`${videoId}: ${bought} creates at its gate`);
  await video.executeUpdate(approveUpdate, { args: [{ gate: open.gate, digest: open.digest }] });
  await finish(soak, videoId);
  await judge(soak, videoId, 1);
}

async function gateOf(video: WorkflowHandle): Promise<OpenGate> {
  const deadline = performance.now() + longestVideoMs;
  for (;;) {
    const found = await video.query(progressQuery).catch(() => undefined);
    if (found?.status === 'awaiting_approval' && found.gate) return found.gate;
    if (performance.now() > deadline) throw new Error(`${video.workflowId} does not come to its gate.`);
    await pause(250);
  }
}

/** Draws edits that fit together, and redraws the others. */
async function drawFitting(soak: Soak, videoId: string, words: string): Promise<readonly Edit[]> {
  const { manifest } = await readManifest(soak.files, videoId, {
    unrecorded: 'the soak asks the bucket alone',
  });
  const takes: Record<string, number[]> = {};
  for (const { unit, take, key } of await readTakes(soak.files, videoId))
    if (key !== undefined) (takes[unit] ??= []).push(take);
  const wanted = 1 + Math.floor(soak.random() * mostEdits);
  const edits: Edit[] = [];
  while (edits.length < wanted) {
    const drawn = drawEdit({ random: soak.random, manifest, takes, words: `${words}.${edits.length}` });
    const isFitting = await edit(soak, videoId, { edits: [...edits, drawn], isDryRun: true }).catch(
      () => undefined,
    );
    if (isFitting) edits.push(drawn);
    else soak.refused += 1;
  }
  return edits;
}

/** @throws for edits that do not fit */
async function edit(
  { stack, random }: Soak,
  videoId: string,
  request: { readonly edits: readonly Edit[]; readonly isDryRun?: boolean; readonly accept?: string },
): Promise<Revised> {
  try {
    return (await stack.client.workflow.execute(editVideoType, {
      workflowId: editId(videoId, `soak-${Math.floor(random() * 1e9)}`),
      taskQueue: orchestratorQueue,
      args: [request],
      workflowExecutionTimeout: 120_000,
    })) as Revised;
  } catch (error) {
    const cause = error instanceof WorkflowFailedError ? error.cause?.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.type === 'InvalidRequest') throw cause;
    throw new Error(`The change of ${videoId} got no answer.`, { cause: error });
  }
}

/** Waits until the video has ended, while processes are killed. */
async function finish(soak: Soak, videoId: string): Promise<void> {
  const { stack, random } = soak;
  const end = waitForEnd(stack.client.workflow.getHandle(videoId), longestVideoMs);
  for (let kills = 0; kills < killsPerRevision; kills += 1) {
    const status = await Promise.race([end, pause(200 + random() * 1_800, undefined)]);
    if (status !== undefined) break;
    const victim = stack.victims[lots[Math.floor(random() * lots.length)] ?? 'worker'];
    await victim.kill();
    soak.kills += 1;
    await pause(random() * 500);
    await victim.revive();
  }
  const status = await end;
  if (status !== 'COMPLETED') throw new Error(`${videoId} is ${status}.`);
}

/** Hashes by key, of all files of the video but its ledger. */
async function hashesOf({ files }: Soak, videoId: string): Promise<Record<string, string>> {
  return files.use(async (store) => {
    const hashes: Record<string, string> = {};
    for await (const { key } of store.list(`videos/${videoId}/`))
      if (!key.includes('/ledger/')) hashes[key] = (await store.hashObject(key)).sha256;
    return hashes;
  });
}

async function judge({ stack, files, problems }: Soak, videoId: string, revision: number): Promise<void> {
  const record = { unrecorded: 'the soak asks the bucket alone', revision };
  const report = await verifyVideo(files, videoId, record);
  const { manifest }: { readonly manifest: Manifest } = await readManifest(files, videoId, record);
  const path = join(stack.folder, `${videoId}-r${revision}.mp4`);
  try {
    await downloadVideo(files, { videoId, path, record });
    const { picture } = await probeFootage(stack.tools, path, { signal: AbortSignal.timeout(60_000) });
    const frames = Math.round(
      manifest.beats.reduce((sum, { keptSeconds }) => sum + keptSeconds, 0) * framesPerSecond,
    );
    const found = [
      ...report.problems.map(({ text }) => text),
      ...(report.status === 'succeeded' ? [] : [`its manifest says ${report.status}`]),
      ...(picture.frameCount === frames ? [] : [`${String(picture.frameCount)} frames, planned ${frames}`]),
    ];
    problems.push(...found.map((problem) => `${videoId}, revision ${revision}: ${problem}`));
  } finally {
    await rm(path, { force: true });
  }
}

function readCount(name: 'sequences' | 'seed'): number {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`--${name} is ${JSON.stringify(values[name])}: a whole number above 0.`);
}

const [sequences, seed] = [readCount('sequences'), readCount('seed')];
const stack = await startSoakStack();
const files = new FileStore(stack.s3);
let exitCode = 1;
try {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void stack.stop().then(() => process.exit(130));
    });
  const counts = { problems: [], kills: 0, edits: 0, refused: 0, creates: 0 };
  const soak: Soak = { stack, files, random: createRandom(seed), ...counts };
  await waitAtGate(soak, `revise-${seed}-gate`);
  process.stderr.write(`a gate outlived three restarts of everything, ${soak.problems.length} problems\n`);
  for (let sequence = 1; sequence <= sequences; sequence += 1) {
    await changeUnderFire(soak, `revise-${seed}-${sequence}`);
    process.stderr.write(
      `${sequence} of ${sequences}: ${soak.edits} edits, ${soak.kills} kills, ${soak.creates} creates, ` +
        `${soak.problems.length} problems\n`,
    );
  }
  const { problems, kills, edits, refused, creates } = soak;
  const result = { soak: 'revise', seed, sequences, edits, refused, kills, creates, problems };
  exitCode = problems.length === 0 ? 0 : 1;
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  files.close();
  await stack.stop();
}
// Calls cut off by the end of the servers may still be pending.
process.exit(exitCode);
