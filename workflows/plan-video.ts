import { ActivityFailure, ApplicationFailure, CancellationScope, log, sleep } from '@temporalio/workflow';

import { announce } from './announce.ts';
import type { CarriedVideo } from './carried-video.ts';
import { endKnownPredictions } from './end-video.ts';
import { writeStoryboard } from './phases/write-storyboard.ts';
import { PlannedVideo } from './planned-video.ts';
import { refuseStart } from './refuse-start.ts';
import type { Video } from './video.ts';
import { warnOfPlan } from './warn-of-plan.ts';

/** Between two tries to go on for an earlier run, in milliseconds; each is twice as long as the one before. */
const firstPauseMs = 15_000;
const longestPauseMs = 600_000;

/**
 * Phase 1: the brief is accepted and the storyboard written; from here on everything is known.
 *
 * @param carried where an earlier run stood
 */
export async function planVideo(video: Video, input: unknown, carried?: CarriedVideo): Promise<PlannedVideo> {
  refuseStart(input);
  const plan = carried ? await goOn(video, input, carried) : await plainly(video, input);
  closeOnCancel(plan);
  return plan;
}

async function plainly(video: Video, input: unknown): Promise<PlannedVideo> {
  const phase = video.phase('plan');
  phase.begin();
  const brief = await video.activities.acceptBrief(
    { videoId: video.id, input },
    { summary: 'accept the brief' },
  );
  video.title = brief.title;
  const treasury = video.openTreasury(brief.limits.budgetUsd);
  const storyboard = await writeStoryboard(video, brief, treasury);
  announce({ tenant: brief.tenant, beats: storyboard.beats.length });
  const plan = new PlannedVideo(video, { brief, storyboard, treasury });
  video.plan = plan;
  phase.end('succeeded');
  warnOfPlan(plan);
  return plan;
}

/**
 * Comes to where an earlier run stood. It waited there, and so does this one when brief or storyboard cannot be read: nothing
 * of that ends the video. A cancellation is carried out from where the earlier run stood, too.
 */
async function goOn(video: Video, input: unknown, carried: CarriedVideo): Promise<PlannedVideo> {
  video.isOpening = true;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await CancellationScope.nonCancellable(() => readAgain(video, input, carried));
    } catch (error) {
      // A result that is none is an ApplicationFailure.
      if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
      const reason = error.cause?.message ?? error.message;
      video.problem = `The video waits until it can read what it was made from: ${reason}`;
      log.warn('The video cannot go on yet; it is tried again', { reason });
    }
    await sleep(pauseMs);
  }
}

async function readAgain(video: Video, input: unknown, carried: CarriedVideo): Promise<PlannedVideo> {
  const request = { videoId: video.id, input, isContinued: true };
  const brief = await video.activities.acceptBrief(request, { summary: 'read the brief again' });
  const storyboard = await video.activities.planStoryboard(
    { brief, isContinued: true },
    { summary: 'read the storyboard again' },
  );
  video.title = brief.title;
  const treasury = video.openTreasury(brief.limits.budgetUsd);
  treasury.restore(carried.money);
  video.storyboard.finish(storyboard, storyboard.planning?.costUsd);
  const plan = new PlannedVideo(video, { brief, storyboard, treasury });
  video.plan = plan;
  video.restore(carried);
  return plan;
}

/**
 * On cancel, rejects what waits for a place or for money, and ends at once what runs at the hosts: the steps in flight,
 * which are waited for, take longer than that.
 */
function closeOnCancel(plan: PlannedVideo): void {
  CancellationScope.current().cancelRequested.catch((reason: unknown) => {
    plan.close(reason as Error);
    plan.video.ending = CancellationScope.nonCancellable(() => endKnownPredictions(plan.video));
  });
}
