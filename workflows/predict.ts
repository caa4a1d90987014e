import { condition } from '@temporalio/workflow';

import type { FailureType } from './domain/failure-types.ts';
import { failureTypes } from './domain/failure-types.ts';
import { cancelAfterSeconds } from './domain/prediction.ts';
import { unitSeed } from './domain/seed.ts';
import type { Place } from './domain/semaphore.ts';
import { softenPrompt } from './domain/soften-prompt.ts';
import type { Spending } from './domain/treasury.ts';
import { awaitActivityId, unitName } from './domain/unit.ts';
import type { Purchase } from './purchase.ts';
import { readUnitFailure } from './unit-failure.ts';
import { noteCost, noteOutcome, openTake, paymentOf } from './unit-takes.ts';
import type { UnitTakes, VideoRun } from './video-run.ts';
import { withPermit } from './with-permit.ts';

/** A unit whose turn it is. */
export interface Turn {
  readonly purchase: Purchase;
  readonly name: string;
  /** Absent where the host's places are not counted. */
  readonly place?: Place;
}

/** Failures of an order after which the host has surely not taken it. */
const boughtNothing: ReadonlySet<FailureType> = new Set([
  failureTypes.invalidRequest,
  failureTypes.credentialsRejected,
  failureTypes.contentRejected,
  failureTypes.budgetExceeded,
]);

/**
 * Submits and waits for the end. Where the brief says so, what a host refused is asked for once more in softer words.
 *
 * @returns undefined when the prediction ended without a file; the board says why
 */
export async function predict(run: VideoRun, turn: Turn) {
  const submitted = await buyTake(run, turn);
  if (submitted || !soften(run, turn)) return submitted;
  return buyTake(run, turn);
}

async function buyTake(run: VideoRun, turn: Turn) {
  const { purchase, name } = turn;
  const takes = openTake(run, name);
  await endSuperseded(run, turn, takes);
  if (!(await admit(run, turn, takes))) return undefined;
  // Money before the permit: a video that is short of it must not keep others from the host.
  return withPermit(run, purchase, (permit) => order(run, { ...turn, permit, takes }));
}

interface Order extends Turn {
  readonly permit: Place;
  readonly takes: UnitTakes;
}

async function order(run: VideoRun, { permit, takes, ...turn }: Order) {
  const { purchase, name } = turn;
  const { phase, model, summary } = purchase;
  run.board.updateUnit(phase, name, { status: 'submitting', attempts: takes.take + 1 });
  const submitted = await submit(run, { ...turn, permit, takes });
  const { ledgerKey } = submitted;
  run.board.updateUnit(phase, name, { status: 'rendering', ledgerKey });
  const outcome =
    submitted.state === 'ended'
      ? submitted.outcome
      : await run.activities.call(
          'awaitPrediction',
          {
            ledgerKey,
            model: model.name,
            prediction: submitted.prediction,
            submittedAt: submitted.submittedAt,
            webhookOrdered: submitted.webhookOrdered,
          },
          {
            summary,
            activityId: awaitActivityId({ ...purchase, take: takes.take }, submitted.predictionKey),
          },
        );
  // First, so that what comes back of the money buys nothing.
  haltIfOverbilled(run, turn, outcome.costUsd);
  noteOutcome(run, { phase, name, takes, outcome });
  return submitted.state === 'submitted' && outcome.state === 'succeeded' ? submitted : undefined;
}

async function submit(run: VideoRun, { purchase, name, place, permit, takes }: Order) {
  const { phase, beat, chunk, model, queue, summary } = purchase;
  const { activities, brief, treasury } = run;
  const unit = { phase, beat, chunk, take: takes.take };
  const request = purchase.describe(unitSeed(brief.seed, unit), takes.prompt);
  const payment = paymentOf(name, takes.take);
  takes.isOpen = true;
  try {
    return await activities.call(
      'submitPrediction',
      { videoId: brief.videoId, unit, model: model.name, request },
      { summary, queue, activityId: `${payment}-submit` },
    );
  } catch (error) {
    const { type } = readUnitFailure(error);
    if (boughtNothing.has(type)) {
      takes.isOpen = false;
      treasury.release(payment);
    }
    if (type === failureTypes.needsReconcile) {
      const known = untilKnown(run, name);
      for (const held of [place, permit]) held?.keepUntil(known);
    }
    throw error;
  }
}

/** An order of which nobody knows may be live at the host until a person decides, or the host has ended it. */
async function untilKnown(run: VideoRun, name: string): Promise<void> {
  run.unknown.add(name);
  try {
    await condition(() => !run.unknown.has(name), cancelAfterSeconds * 1000);
  } catch {
    // The video was cancelled: nobody waits for the place.
  }
}

/** Money first: nothing is ordered that does not fit the budget. @returns false when there is none; the board says why */
async function admit(run: VideoRun, { purchase, name }: Turn, { take }: UnitTakes): Promise<boolean> {
  const { phase, model } = purchase;
  const { board, brief, treasury } = run;
  const spending: Spending = {
    purchase: paymentOf(name, take),
    priceUsd: model.highestPriceUsd,
    ...(phase === 'music' ? { optional: true, leaveUsd: () => footageUsd(run) } : {}),
  };
  if (treasury.tryAdmit(spending)) return true;
  board.updateUnit(phase, name, { status: 'awaiting_budget' });
  // Who wants to hear of a failure at once does not wait for a person either.
  const mayWait = brief.onFailure === 'park' || spending.optional === true;
  if (mayWait && (await treasury.admit(spending))) {
    board.updateUnit(phase, name, { status: 'waiting' });
    return true;
  }
  const { capUsd = 0, spentUsd, reservedUsd, halted } = treasury.report();
  const reason =
    halted ??
    `${name} costs up to $${spending.priceUsd} with ${model.name}, which does not fit the budget of $${capUsd}: ` +
      `$${spentUsd} are spent and $${reservedUsd} set aside.`;
  board.updateUnit(phase, name, { status: 'failed', failure: { type: failureTypes.budgetExceeded, reason } });
  return false;
}

/** The highest price of the footage that is not ordered yet: music takes no money from it. */
function footageUsd({ board, brief, timeline }: VideoRun): number {
  const open = timeline.filter((plan) => {
    const { status } = board.unit('chunks', unitName({ phase: 'chunks', ...plan }));
    return status === 'waiting' || status === 'awaiting_budget' || status === 'failed';
  });
  return open.length * brief.models.clip.highestPriceUsd;
}

/** A take that a person gave up while nobody knew its end is ended at the host before another one is bought. */
async function endSuperseded(run: VideoRun, turn: Turn, takes: UnitTakes): Promise<void> {
  const { purchase, name } = turn;
  const { superseded } = takes;
  if (superseded === undefined) return;
  const { phase, beat, chunk, summary } = purchase;
  const unit = { phase, beat, chunk, take: superseded };
  const report = await run.activities.call(
    'cancelPredictions',
    { videoId: run.brief.videoId, unit },
    { summary: `end the take before: ${summary}`, activityId: `${paymentOf(name, superseded)}-end` },
  );
  const paidUsd = report.spentUsd + report.pastSavingUsd;
  haltIfOverbilled(run, turn, paidUsd);
  const costUsd = noteCost(run, { name, takes, take: superseded, costUsd: paidUsd });
  delete takes.superseded;
  run.board.updateUnit(phase, name, { costUsd });
}

/** @returns whether the unit is to be asked for once more, in softer words */
function soften({ brief, board, takes: allTakes }: VideoRun, { purchase, name }: Turn): boolean {
  const { failure } = board.unit(purchase.phase, name);
  const takes = allTakes.get(name);
  if (brief.onRefusal !== 'soften' || failure?.type !== failureTypes.contentRejected) return false;
  if (!takes || takes.isSoftened === true) return false;
  takes.isSoftened = true;
  takes.prompt = softenPrompt(purchase.describe(0, takes.prompt).prompt);
  board.reopenUnit(purchase.phase, name);
  return true;
}

/** A price that does not hold is no cap: nothing more is bought before a person has seen it. */
function haltIfOverbilled(run: VideoRun, { purchase, name }: Turn, costUsd: number): void {
  const { name: model, host, highestPriceUsd } = purchase.model;
  if (costUsd <= highestPriceUsd) return;
  const problem =
    `The host ${host} billed $${costUsd} for ${name} with ${model}, whose highest price in the catalogue is ` +
    `$${highestPriceUsd}. Correct the catalogue, then raise the budget to go on.`;
  run.board.warn(problem);
  if (run.brief.limits.budgetUsd !== undefined) run.treasury.halt(problem);
}
