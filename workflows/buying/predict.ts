import { condition } from '@temporalio/workflow';

import type { FailureType } from '../domain/failure-types.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { cancelAfterSeconds } from '../domain/prediction.ts';
import { unitSeed } from '../domain/seed.ts';
import type { Place } from '../domain/semaphore.ts';
import { awaitActivityId } from '../domain/unit.ts';
import { readUnitFailure } from '../unit-failure.ts';
import type { UnitTakes, VideoRun } from '../video-run.ts';
import { admitPurchase } from './admit-purchase.ts';
import { endSuperseded } from './end-superseded.ts';
import { haltIfOverbilled } from './halt-if-overbilled.ts';
import type { NamedPurchase } from './purchase.ts';
import { softenRefusal } from './soften-refusal.ts';
import { noteOutcome, openTake, paymentOf } from './unit-takes.ts';
import { withPermit } from './with-permit.ts';

/** A unit whose turn it is. */
interface Turn extends NamedPurchase {
  /** Absent where the host's places are not counted. */
  readonly place?: Place;
}

/** Failures of an order after which the host has surely not taken it. */
const boughtNothing: ReadonlySet<FailureType> = new Set([
  failureTypes.invalidRequest,
  failureTypes.credentialsRejected,
  failureTypes.contentRejected,
  failureTypes.budgetExceeded,
  // Of what the order shows the model, such as its first frame.
  failureTypes.artifactMissing,
]);

/**
 * Submits and waits for the end. Where the brief says so, what a host refused is asked for once more in softer words.
 *
 * @returns undefined when the prediction ended without a file; the board says why
 */
export async function predict(run: VideoRun, turn: Turn) {
  try {
    const submitted = await buyTake(run, turn);
    if (submitted || !softenRefusal(run, turn)) return submitted;
  } catch (error) {
    // Some hosts refuse the content of an order, others that of a prediction.
    const failure = readUnitFailure(error);
    run.board.updateUnit(turn.purchase.phase, turn.name, { status: 'failed', failure });
    if (!softenRefusal(run, turn)) throw error;
  }
  return buyTake(run, turn);
}

async function buyTake(run: VideoRun, turn: Turn) {
  const { purchase, name } = turn;
  const takes = openTake(run, name);
  await endSuperseded(run, turn, takes);
  if (!(await admitPurchase(run, turn, takes))) return undefined;
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
  run.board.updateUnit(phase, name, { status: 'submitting', attempts: takes.take + 1, model: model.name });
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
  const request = purchase.describe({ model, seed: unitSeed(brief.seed, unit), prompt: takes.prompt });
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
