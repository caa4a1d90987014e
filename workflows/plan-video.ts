import { ActivityFailure, ApplicationFailure, CancellationScope, log, sleep } from '@temporalio/workflow';

import { updateListing } from './listing.ts';
import type { Money } from '../domain/budget.ts';
import type { RecordedTake } from '../domain/recorded-take.ts';
import type { VideoStart } from './carried-video.ts';
import { endKnownPredictions } from './end-video.ts';
import { planPayment, writeStoryboard } from './phases/write-storyboard.ts';
import { PlannedVideo, type PlanInput } from './planned-video.ts';
import { refuseStart } from './refuse-start.ts';
import type { Video } from './video.ts';
import { warnOfPlan } from './warn-of-plan.ts';

/** Pauses between tries to continue an earlier run, in milliseconds; each is twice as long as the one before. */
const firstPauseMs = 15_000;
const longestPauseMs = 600_000;

/**
 * Phase 1: the brief is accepted and the storyboard written; then everything is known. A later revision, and a run that
 * continues another, read both again.
 */
export async function planVideo(video: Video, input: unknown, start: VideoStart): Promise<PlannedVideo> {
  refuseStart(input);
  const isFirst = start.carried === undefined && (start.revision ?? 1) === 1;
  const plan = isFirst ? await plainly(video, input, start) : await goOn(video, start);
  closeOnCancel(plan);
  return plan;
}

async function plainly(video: Video, input: unknown, { heldModels }: VideoStart): Promise<PlannedVideo> {
  const phase = video.phase('plan');
  phase.begin();
  const brief = await video.activities.acceptBrief(
    { videoId: video.id, input },
    { summary: 'accept the brief' },
  );
  video.title = brief.title;
  const treasury = video.openTreasury(brief.limits.budgetUsd);
  const storyboard = await writeStoryboard(video, brief, treasury);
  const { takes, approvals = [] } = await video.activities.openRevision(
    { videoId: video.id, revision: 1 },
    { summary: 'look for what was bought before' },
  );
  video.gates.restore(approvals);
  if (takes.length > 0) treasury.restore(moneyOf(takes, treasury.carry()));
  return begin(video, { brief, storyboard, treasury, takes, heldModels });
}

/** Sets the video up from its plan; nothing is made yet. */
function begin(video: Video, input: PlanInput): PlannedVideo {
  const plan = new PlannedVideo(video, input);
  video.plan = plan;
  const { tenant } = input.brief;
  updateListing({ tenant, beats: input.storyboard.beats.length, revision: plan.revision });
  video.phase('plan').end('succeeded');
  warnOfPlan(plan);
  return plan;
}

/**
 * Restores the state of an earlier run, or opens a later revision. A run that cannot read brief or storyboard waits:
 * that does not end the video. A cancellation, too, is carried out from the state of the earlier run.
 */
async function goOn(video: Video, start: VideoStart): Promise<PlannedVideo> {
  video.isOpening = true;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await CancellationScope.nonCancellable(() => open(video, start));
    } catch (error) {
      // A malformed result is an ApplicationFailure.
      if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
      const reason = error.cause?.message ?? error.message;
      video.problem = `The video waits until it can read what it was made from: ${reason}`;
      log.warn('The video cannot go on yet; it is tried again', { reason });
    }
    await sleep(pauseMs);
  }
}

async function open(video: Video, start: VideoStart): Promise<PlannedVideo> {
  const { carried, revision = 1, capUsd, capOf, heldModels } = start;
  const {
    brief,
    storyboard,
    takes,
    approvals = [],
  } = await video.activities.openRevision(
    { videoId: video.id, revision },
    { summary: carried ? 'read brief and storyboard again' : `open revision ${revision}` },
  );
  video.title = brief.title;
  video.making = storyboard.revision ?? 1;
  video.gates.restore(approvals);
  const { budgetUsd } = brief.limits;
  const treasury = video.openTreasury(budgetUsd !== undefined && budgetUsd === capOf ? capUsd : budgetUsd);
  const planUsd = storyboard.planning?.costUsd ?? 0;
  video.storyboard.finish(storyboard, planUsd);
  if (!carried) {
    video.phase('plan').begin();
    treasury.restore(moneyOf(takes, { ...treasury.carry(), spentUsd: { [planPayment]: planUsd } }));
    video.isOpening = false;
    video.problem = undefined;
    return begin(video, { brief, storyboard, treasury, takes, heldModels });
  }
  treasury.restore(carried.money);
  // Its units come from the hand-over; the ledger supplies all others.
  const plan = new PlannedVideo(video, { brief, storyboard, treasury, takes: [], known: takes, heldModels });
  video.plan = plan;
  video.restore(carried);
  return plan;
}

/** Spent money of earlier takes, and reservations for orders with an unknown end. */
function moneyOf(takes: readonly RecordedTake[], before: Money): Money {
  const isOrdered = ({ state }: RecordedTake) => state === 'ordered';
  const spent = takes.filter(({ state }) => state !== 'ordered' && state !== 'claimed');
  const byName = (list: readonly RecordedTake[], usd: (take: RecordedTake) => number) =>
    Object.fromEntries(list.map((take) => [`${take.unit}-t${take.number}`, usd(take)]));
  return {
    ...before,
    spentUsd: { ...before.spentUsd, ...byName(spent, ({ costUsd }) => costUsd) },
    reservedUsd: {
      ...before.reservedUsd,
      ...byName(takes.filter(isOrdered), ({ highestPriceUsd }) => highestPriceUsd),
    },
  };
}

/**
 * On cancel, rejects waits for places and money, and at once ends live predictions at the hosts: the steps in flight,
 * which are awaited, take longer.
 */
function closeOnCancel(plan: PlannedVideo): void {
  CancellationScope.current().cancelRequested.catch((reason: unknown) => {
    plan.close(reason as Error);
    plan.video.ending = CancellationScope.nonCancellable(() => endKnownPredictions(plan.video));
  });
}
