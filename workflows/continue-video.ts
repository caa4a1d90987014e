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

/** Far from Temporal's limits of 51,200 events and 50 MB: the calls in flight when a drain begins still fit. */
const mostEvents = 20_000;
const mostBytes = 20 * 1024 * 1024;
/** The share of the limit after which a waiting video continues as new: at a quiet point that costs next to nothing. */
const tidyShare = 0.2;

/**
 * Continues the video as new. While the video waits for a person, a newer release or a longer history is reason enough.
 * When the history grows too long, a drain comes first: nothing new begins, and live orders are awaited and stored. At
 * such a moment no call is in flight, so nothing can be lost or bought twice.
 *
 * @param input the brief as given
 * @returns never: a cancellation during a drain wins, and then the video ends by itself
 */
export async function continueWhenQuiet(video: Video, input: unknown, start: VideoStart): Promise<never> {
  const release = watchRelease(start.movedFrom);
  try {
    const { eventsPerRun = mostEvents } = start;
    const opening = workflowInfo().historyLength;
    // Do not count the opening events: otherwise a run could be over before it has done anything.
    const isLong = (events: number) => workflowInfo().historyLength - opening >= events;
    void drainWhen(video, () => isLong(eventsPerRun) || workflowInfo().historySize >= mostBytes);
    const mayTidy = () => release.isOtherWanted() || isLong(eventsPerRun * tidyShare);
    void drainWhen(video, () => video.nextRevision !== undefined);
    for (;;) {
      await condition(() => isQuiet(video) && (video.isDraining || (video.waitsForPerson && mayTidy())));
      // A decision may have arrived in the same moment; the drain holds any work that it starts.
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

/** Starts the next run with the changed revision; that run finds all purchases of this one. @returns never */
export async function makeNextRevision(video: Video, input: unknown, start: VideoStart): Promise<never> {
  const { capUsd } = video.treasury?.report() ?? {};
  const capOf = video.plan?.brief.limits.budgetUsd;
  return continueInNewRun(input, {
    ...start,
    carried: undefined,
    revision: video.nextRevision,
    // A person who changes a waiting video has seen why it waits.
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

/** Whether nothing is in flight: no call, no permit, no decision. */
function isQuiet({ calls, permits, isEnding }: Video): boolean {
  const isCancelled = CancellationScope.current().consideredCancelled;
  return calls.open === 0 && permits.isSettled && allHandlersFinished() && !isEnding && !isCancelled;
}
