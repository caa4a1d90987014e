import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import type { WorkflowHandle } from '@temporalio/client';

import { judgeVideo, type Verdict } from './support/judge-video.ts';
import { createRandom } from './support/random.ts';
import { countLeakedPermits } from './support/leaked-permits.ts';
import type { ResumedStep } from './support/recovery.ts';
import { listOpenActivities, measureRecovery } from './support/recovery.ts';
import { measureCancel } from './support/measure-cancel.ts';
import { plannedUnits } from './support/soak-brief.ts';
import { startSoakStack, type SoakStack, type VictimName } from './support/soak-stack.ts';
import type { RollOuts } from './support/roll-outs.ts';
import { startRollOuts } from './support/roll-outs.ts';
import { predictionsOf, startSoakVideo, waitForEnd } from './support/soak-video.ts';
import { plantTroubles, type Troubles } from './support/troubles.ts';

/*
 * `npm run soak:kill -- [--kills N] [--seed S] [--strict] [--releases] [--json]`: makes videos one after the other
 * while the worker, the webhook endpoint, Temporal, the object store and the host are killed at random instants and
 * brought back; also loses answers and webhooks of the host. After every video, counts its purchases and reads every
 * file again. At the end some videos are cancelled. Exits with 1 on any problem, with --strict also when anything took
 * longer than promised. The same seed kills the same processes. With --releases the workflows are served by
 * orchestrators of three successive releases, which are killed too, while some videos run and some wait.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    releases: { type: 'boolean', default: false },
  },
});

/** The lots from which victims are drawn: workers die most. */
const lots: readonly VictimName[] = ['worker', 'worker', 'worker', 'webhooks', 'temporal', 'store', 'host'];

/** The longest wait for a video, which then counts as unfinished. */
const longestVideoMs = 10 * 60_000;

const cancellations = 3;

/** The promised times after a worker's return, and after a cancellation. */
const promises = { waitingMs: 3_000, runningMs: 10_000, cancelMs: 5_000 };

interface Soak {
  readonly stack: SoakStack;
  readonly random: () => number;
  readonly wantedKills: number;
  readonly troubles: Troubles;
  readonly waiting: ResumedStep[];
  readonly queued: ResumedStep[];
  readonly running: ResumedStep[];
  readonly rollOuts: RollOuts | undefined;
  kills: number;
}

async function run(stack: SoakStack, wantedKills: number, seed: number) {
  const random = createRandom(seed);
  const troubles = plantTroubles(stack, Math.max(2, Math.round(wantedKills / 10)));
  const rollOuts = values.releases ? await startRollOuts(stack, seed) : undefined;
  const measured = { waiting: [], queued: [], running: [] };
  const soak: Soak = { stack, random, wantedKills, troubles, rollOuts, ...measured, kills: 0 };
  const verdicts: Verdict[] = [];
  let unfinished = 0;
  let leakedPermits = 0;
  while (soak.kills < wantedKills || troubles.isLeft()) {
    const videoId = `soak-${seed}-${verdicts.length + unfinished + 1}`;
    const startedAtMs = Date.now();
    const status = await makeUnderFire(soak, videoId);
    await troubles.count();
    const predictions = await predictionsOf(stack, videoId, startedAtMs);
    if (status !== 'COMPLETED') {
      unfinished += 1;
      note(`${videoId} is ${status} after ${soak.kills} kills`);
      break;
    }
    const verdict = await judgeVideo(stack, videoId, { predictions });
    verdicts.push(verdict);
    leakedPermits += await countLeakedPermits(stack);
    note(
      `${videoId}: ${soak.kills} kills so far, ${verdict.creates} creates, ${verdict.problems.length} problems`,
    );
  }
  for (const video of unfinished === 0 ? (rollOuts?.waiting ?? []) : []) {
    const startedAtMs = Date.now();
    await rollOuts?.letGo(video);
    if ((await waitForEnd(video, longestVideoMs)) !== 'COMPLETED') unfinished += 1;
    const predictions = await predictionsOf(stack, video.workflowId, startedAtMs);
    verdicts.push(await judgeVideo(stack, video.workflowId, { predictions }));
    note(
      `${video.workflowId}: waited since the first release, ${verdicts.at(-1)?.problems.length ?? 0} problems`,
    );
  }
  const drained = unfinished === 0 ? await rollOuts?.drain() : undefined;
  const cancels = [];
  for (let count = 1; unfinished === 0 && count <= cancellations; count += 1) {
    cancels.push(await measureCancel(stack, `soak-${seed}-cancel-${count}`, random));
  }
  if (unfinished === 0) leakedPermits += await countLeakedPermits(stack);
  return summarize(soak, { verdicts, unfinished, leakedPermits, cancels, seed, drained });
}

/** Makes one video while processes are killed. @returns its end */
async function makeUnderFire(soak: Soak, videoId: string): Promise<string> {
  await soak.troubles.plant();
  const handle = await startSoakVideo(soak.stack, videoId);
  const end = waitForEnd(handle, longestVideoMs);
  while (soak.kills < soak.wantedKills) {
    const status = await Promise.race([end, pause(200 + soak.random() * 1_800, undefined)]);
    if (status !== undefined) return status;
    await strike(soak, handle);
  }
  return end;
}

async function strike(soak: Soak, handle: WorkflowHandle): Promise<void> {
  const { rollOuts } = soak;
  if (rollOuts && soak.kills >= (rollOuts.releases * soak.wantedKills) / 3) {
    if (await rollOuts.next()) note(`release ${rollOuts.releases} is current after ${soak.kills} kills`);
  }
  const orchestrator = rollOuts?.orchestrators[Math.floor(soak.random() * rollOuts.orchestrators.length * 3)];
  if (orchestrator) {
    await orchestrator.kill();
    soak.kills += 1;
    await pause(soak.random() * 500);
    await orchestrator.revive();
    return;
  }
  const name = lots[Math.floor(soak.random() * lots.length)] ?? 'worker';
  const victim = soak.stack.victims[name];
  const before = name === 'worker' ? await listOpenActivities(handle) : [];
  // Counted first, because a killed host forgets its losses.
  if (name === 'host') await soak.troubles.count();
  await victim.kill();
  soak.kills += 1;
  await pause(soak.random() * 500);
  await victim.revive();
  if (name === 'host') await soak.troubles.plant();
  if (name !== 'worker') return;
  const { waiting, queued, running } = await measureRecovery(handle, before);
  soak.waiting.push(...waiting);
  soak.queued.push(...queued);
  soak.running.push(...running);
}

interface Ended {
  readonly verdicts: readonly Verdict[];
  readonly unfinished: number;
  readonly leakedPermits: number;
  readonly cancels: readonly Awaited<ReturnType<typeof measureCancel>>[];
  readonly seed: number;
  /** Releases that were drained in the end. */
  readonly drained: readonly string[] | undefined;
}

function summarize(soak: Soak, { verdicts, unfinished, leakedPermits, cancels, seed, drained }: Ended) {
  const { victims } = soak.stack;
  const perVideo = Object.values(plannedUnits).reduce((sum, count) => sum + count, 0);
  const total = (of: (verdict: Verdict) => number) => verdicts.reduce((sum, verdict) => sum + of(verdict), 0);
  const most = (of: (verdict: Verdict) => number) => Math.max(0, ...verdicts.map(of));
  const waitingGoOnMs = describe(soak.waiting);
  const runningGoOnMs = describe(soak.running);
  const slowestCancelMs = Math.max(0, ...cancels.map(({ ms }) => ms));
  return {
    soak: 'kill',
    seed,
    kills: soak.kills,
    killsByProcess: Object.fromEntries(Object.entries(victims).map(([name, { kills }]) => [name, kills])),
    videos: verdicts.length,
    plannedUnits: verdicts.length * perVideo,
    creates: total(({ creates }) => creates),
    unfinished,
    ...(soak.rollOuts ? { releases: soak.rollOuts.releases, drained } : {}),
    live: total(({ live }) => live),
    openUploads: total(({ openUploads }) => openUploads),
    leakedPermits,
    ...soak.troubles.report(),
    mostStillsAtOnce: most(({ mostStills }) => mostStills),
    mostChunksAtOnce: most(({ mostChunks }) => mostChunks),
    waitingGoOnMs,
    runningGoOnMs,
    /** For comparison: these also wait for a slot of ffmpeg, behind others. */
    queuedForRenderMs: describe(soak.queued),
    cancels: {
      videos: cancels.length,
      predictions: cancels.reduce((sum, { predictions }) => sum + predictions, 0),
      slowestMs: slowestCancelMs,
      createsAfter: cancels.reduce((sum, { createsAfter }) => sum + createsAfter, 0),
    },
    /** Steps that took longer than promised. */
    late: [
      ...nameLate('waiting', soak.waiting, promises.waitingMs),
      ...nameLate('running', soak.running, promises.runningMs),
      ...(slowestCancelMs > promises.cancelMs ? [`a cancellation: ${slowestCancelMs} ms`] : []),
    ],
    problems: verdicts.flatMap(({ problems }) => problems),
  };
}

function nameLate(state: string, steps: readonly ResumedStep[], promisedMs: number): string[] {
  return steps
    .filter(({ ms }) => ms > promisedMs)
    .map(({ id, ms }) => `${id}, ${state} when its worker was killed: ${Math.round(ms)} ms`);
}

function describe(steps: readonly ResumedStep[]) {
  const sorted = steps.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { steps: sorted.length, p50: at(0.5), p95: at(0.95), worst: at(1) };
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function readCount(name: 'kills' | 'seed'): number {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`--${name} is ${JSON.stringify(values[name])}: a whole number above 0.`);
}

const kills = readCount('kills');
const seed = readCount('seed');
const stack = await startSoakStack({ hasReleases: values.releases });
let exitCode = 1;
try {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stack.stop().then(() => process.exit(130));
    });
  }
  const result = await run(stack, kills, seed);
  const isClean =
    result.problems.length === 0 && result.unfinished === 0 && result.creates === result.plannedUnits;
  const isKept = result.leakedPermits === 0 && result.cancels.createsAfter === 0;
  exitCode = isClean && isKept && (!values.strict || result.late.length === 0) ? 0 : 1;
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await stack.stop();
}
// Calls cut off by the end of the servers may still be pending.
process.exit(exitCode);
