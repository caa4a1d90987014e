import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import type { WorkflowHandle } from '@temporalio/client';

import type { VideoProgress } from '../../domain/progress.ts';
import { progressQuery, type RetryRequest, retryUnitsUpdate } from '../../workflows/messages.ts';
import { judgeVideo, type Verdict } from './support/judge-video.ts';
import { createRandom } from './support/random.ts';
import { plannedUnits } from './support/soak-brief.ts';
import { startSoakStack, type SoakStack } from './support/soak-stack.ts';
import { predictionsOf, startSoakVideo, waitForEnd } from './support/soak-video.ts';
import { measureCancel } from './support/measure-cancel.ts';
import { planRefusals, planWrongAnswers, planWrongCancels } from './support/wrong-answers.ts';

/*
 * `npm run soak:wrong -- [--videos N] [--seed S] [--json]`: makes videos one after the other while the host and the
 * store give wrong answers of every row of the belief table at random places, and workers and the webhook endpoint are
 * killed; in every fifth video all workers stay dead for longer than the host keeps its outputs. Parked videos are
 * retried, as a person would; units reported as paid and lost are bought once more. After every video, counts its
 * purchases and reads every file again. At the end some videos are cancelled, which the host answers wrongly too. Exits
 * with 1 when an unplanned purchase was made, a paid file is neither stored nor explained, or a prediction outlives its
 * cancellation.
 */
const { values } = parseArgs({
  options: {
    videos: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

/** The longest wait for a video, which then counts as unfinished. */
const longestVideoMs = 10 * 60_000;

/** The host's retention; workers dead for longer must not lose its outputs. */
const outputRetentionSeconds = 60;
const longOutageMs = 70_000;
const everySo = 5;

const cancellations = 3;

interface Made {
  readonly status: string;
  /** The words that people saw while it was parked. */
  readonly parked: readonly string[];
  /** Units that it reported as paid and lost. */
  readonly lost: readonly string[];
}

async function run(stack: SoakStack, videos: number, seed: number) {
  const random = createRandom(seed);
  const verdicts: Verdict[] = [];
  const rows: Record<string, number> = {};
  const parked: string[] = [];
  const lost: string[] = [];
  const unfinished: string[] = [];
  for (let count = 1; count <= videos && unfinished.length === 0; count += 1) {
    const videoId = `wrong-${seed}-${count}`;
    const startedAtMs = Date.now();
    const plan = planWrongAnswers(random);
    for (const row of plan.rows) rows[row] = (rows[row] ?? 0) + 1;
    await stack.standIn.setFaults(plan.rules);
    stack.road.refuse(planRefusals(random));
    const deadMs = count % everySo === 0 ? longOutageMs : undefined;
    const made = await make(stack, { videoId, random, deadMs });
    parked.push(...made.parked);
    lost.push(...made.lost.map((name) => `${videoId}: ${name}`));
    if (made.status !== 'COMPLETED') unfinished.push(`${videoId} is ${made.status}`);
    else {
      const predictions = await predictionsOf(stack, videoId, startedAtMs);
      verdicts.push(await judgeVideo(stack, videoId, { predictions, lost: made.lost }));
    }
    const problems = verdicts.at(-1)?.problems.length ?? 0;
    process.stderr.write(
      `${videoId}: ${made.status}, parked ${made.parked.length} times, ${problems} problems\n`,
    );
  }
  const cancels = [];
  for (let count = 1; unfinished.length === 0 && count <= cancellations; count += 1) {
    await stack.standIn.setFaults(planWrongCancels(random));
    cancels.push(await measureCancel(stack, `wrong-${seed}-cancel-${count}`, random));
  }
  const perVideo = Object.values(plannedUnits).reduce((sum, units) => sum + units, 0);
  return {
    soak: 'wrong',
    seed,
    videos: verdicts.length,
    wrongAnswers: rows,
    refusedByTheStore: stack.road.refused(),
    kills: stack.victims.worker.kills + stack.victims.webhooks.kills,
    longOutages: Math.floor(verdicts.length / everySo),
    parked,
    lost,
    cancels: {
      videos: cancels.length,
      predictions: cancels.reduce((sum, { predictions }) => sum + predictions, 0),
      createsAfter: cancels.reduce((sum, { createsAfter }) => sum + createsAfter, 0),
    },
    plannedUnits: verdicts.length * perVideo,
    creates: verdicts.reduce((sum, { creates }) => sum + creates, 0),
    unfinished,
    problems: verdicts.flatMap(({ problems }) => problems),
  };
}

interface Making {
  readonly videoId: string;
  readonly random: () => number;
  /** The length of one outage of the workers. Default: a moment, or only the webhook endpoint dies. */
  readonly deadMs: number | undefined;
}

async function make(stack: SoakStack, { videoId, random, deadMs }: Making): Promise<Made> {
  const handle = await startSoakVideo(stack, videoId);
  const parked: string[] = [];
  const lost: string[] = [];
  const end = waitForEnd(handle, longestVideoMs);
  const victim = stack.victims[deadMs !== undefined || random() < 0.7 ? 'worker' : 'webhooks'];
  let strikeInMs = 1_000 + random() * 8_000;
  for (;;) {
    const status = await Promise.race([end, pause(500, undefined)]);
    if (status !== undefined) return { status, parked, lost };
    strikeInMs -= 500;
    if (strikeInMs <= 0 && strikeInMs > -500) {
      await victim.kill();
      await pause(deadMs ?? random() * 1_000);
      await victim.revive();
    }
    parked.push(...(await retryWhatIsParked(handle, lost)));
  }
}

/**
 * Buys again, as a person would, units that were paid and lost, and lets all others go on.
 *
 * @param lost collects the names of units bought again
 * @returns the reason for which each failed unit was parked
 */
async function retryWhatIsParked(handle: WorkflowHandle, lost: string[]): Promise<string[]> {
  const progress = await handle.query<VideoProgress>(progressQuery).catch(() => undefined);
  if (progress?.status !== 'parked') return [];
  const failed = progress.phases.flatMap(({ units }) => units.filter(({ failure }) => failure));
  const retry = (request: RetryRequest) =>
    handle.executeUpdate(retryUnitsUpdate, { args: [request] }).then(
      () => true,
      () => false,
    );
  for (const { name, failure } of failed)
    if (failure?.type === 'PaidAndLost' && (await retry({ unit: name, newTake: true }))) lost.push(name);
  await retry({});
  return failed.map(({ name, failure }) => `${name}: ${failure?.type ?? ''}, ${failure?.reason ?? ''}`);
}

function readCount(name: 'videos' | 'seed'): number {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`--${name} is ${JSON.stringify(values[name])}: a whole number above 0.`);
}

const [videos, seed] = [readCount('videos'), readCount('seed')];
// Shortens the minutes of the belief table to seconds.
const stack = await startSoakStack({ env: { BEATREEL_BELIEF_SHARE: '0.02' }, outputRetentionSeconds });
let exitCode = 1;
try {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stack.stop().then(() => process.exit(130));
    });
  }
  const result = await run(stack, videos, seed);
  const isClean =
    result.problems.length === 0 && result.unfinished.length === 0 && result.cancels.createsAfter === 0;
  exitCode = isClean && result.creates === result.plannedUnits ? 0 : 1;
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await stack.stop();
}
// Calls cut off by the end of the servers may still be pending.
process.exit(exitCode);
