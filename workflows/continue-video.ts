import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';

import type { VideoStart } from './carried-video.ts';
import { continueInNewRun, watchRelease } from './continue-in-new-run.ts';
import type { Video } from './video.ts';

/** Far from Temporal's limits of 51,200 events and 50 MB: what is on its way when a drain begins still fits. */
const mostEvents = 20_000;
const mostBytes = 20 * 1024 * 1024;
/** At a quiet point it costs next to nothing to go on in a short history: after this share of the most. */
const tidyShare = 0.2;

/**
 * Continues the video as new: while it waits for a person, where another version of the workflows is wanted or its history
 * has grown; and, where its history grows too long, after a drain: nothing new begins, and what is ordered is awaited and
 * stored. At such a moment nothing is on its way, so nothing can be lost or bought twice.
 *
 * @param input the brief as it was given
 * @returns never: a cancellation during a drain wins, and then the video ends by itself
 */
export async function continueWhenQuiet(video: Video, input: unknown, start: VideoStart): Promise<never> {
  const release = watchRelease(start.movedFrom);
  try {
    const { eventsPerRun = mostEvents } = start;
    const opening = workflowInfo().historyLength;
    // An opening does not count: else a run could be over before it has done anything.
    const isLong = (events: number) => workflowInfo().historyLength - opening >= events;
    void drainWhen(video, () => isLong(eventsPerRun) || workflowInfo().historySize >= mostBytes);
    const mayTidy = () => release.isOtherWanted() || isLong(eventsPerRun * tidyShare);
    void drainWhen(video, () => video.nextRevision !== undefined);
    for (;;) {
      await condition(() => isQuiet(video) && (video.isDraining || (video.waitsForPerson && mayTidy())));
      // A decision may have come in the same moment; what it lets begin is held from here on.
      video.isDraining = true;
      if (isQuiet(video)) break;
    }
  } catch (error) {
    if (isCancellation(error)) return new Promise(() => undefined);
    throw error;
  }
  if (video.nextRevision !== undefined) return makeNextRevision(video, input, start);
  const heldModels = video.plan?.shortfalls.carry();
  return continueInNewRun(input, {
    ...start,
    movedFrom: release.movedFrom,
    carried: video.carry(),
    heldModels,
    ...approvalsOf(video),
  });
}

/** The next run begins with what people have changed; all that was bought for this one it finds. @returns never */
export async function makeNextRevision(video: Video, input: unknown, start: VideoStart): Promise<never> {
  const { capUsd } = video.treasury?.report() ?? {};
  const capOf = video.plan?.brief.limits.budgetUsd;
  return continueInNewRun(input, {
    ...start,
    carried: undefined,
    revision: video.nextRevision,
    // Who changes a video that waits for them has seen why it does.
    heldModels: video.waitsForPerson ? undefined : video.plan?.shortfalls.carry(),
    ...(capUsd === undefined || capOf === undefined ? {} : { capUsd, capOf }),
    ...approvalsOf(video),
  });
}

function approvalsOf({ gates: { approvals } }: Video): Pick<VideoStart, 'approvals'> {
  return approvals.length === 0 ? {} : { approvals };
}

async function drainWhen(video: Video, isLong: () => boolean): Promise<void> {
  try {
    await condition(isLong);
    video.isDraining = true;
  } catch (error) {
    if (!isCancellation(error)) throw error;
  }
}

/** Nothing is on its way: no step, no permit, no decision. */
function isQuiet({ calls, permits, isEnding }: Video): boolean {
  const isCancelled = CancellationScope.current().consideredCancelled;
  return calls.open === 0 && permits.isSettled && allHandlersFinished() && !isEnding && !isCancelled;
}
