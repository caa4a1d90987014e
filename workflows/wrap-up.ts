import { ActivityFailure, log } from '@temporalio/workflow';

import type { ArtifactRef } from './domain/artifact.ts';
import type { VideoStatus } from './domain/progress.ts';
import type { OpenVideo } from './open-video.ts';
import { firstRevision } from './phases/finish-video.ts';

/** Keeps what exists on record. @param status how the video ended */
export async function writeManifest(
  { board, activities }: Pick<OpenVideo, 'board' | 'activities'>,
  status: VideoStatus,
): Promise<ArtifactRef> {
  const { videoId, phases, costUsd, cancellation } = board.snapshot();
  const ended = cancellation ? { cancellation } : {};
  return activities.call(
    'writeManifest',
    { videoId, revision: firstRevision, status, costUsd, ...ended, phases },
    { summary: 'write the manifest' },
  );
}

/**
 * After a cancellation or a failure: ends what still runs at the hosts, and keeps a manifest of what exists. A video
 * that was never planned has bought nothing and leaves nothing. What cannot be done is logged: it must not hide why
 * the video ended.
 *
 * @returns whether nothing of the video can still run at a host
 */
export async function wrapUp(video: OpenVideo, status: 'canceled' | 'failed'): Promise<boolean> {
  const { board } = video;
  const isPlanned = board.beats !== undefined;
  await video.ending;
  // What a person let go on by itself is waited for like everything else.
  for (const { result } of video.run?.buying.values() ?? []) await result?.catch(() => undefined);
  let isClean = !isPlanned;
  if (isPlanned) {
    await attempt('Predictions may still run at the hosts', async () => {
      isClean = await endPredictions(video);
    });
  }
  for (const { phase, status: phaseStatus } of board.snapshot().phases) {
    if (phaseStatus === 'running' || phaseStatus === 'partial') board.endPhase(phase, 'failed');
  }
  board.setStatus(status);
  if (isPlanned) await attempt('The manifest was not written', () => writeManifest(video, status));
  return isClean;
}

/** Ends what is known to run at the hosts; orders on their way are left to whoever cleans up after them. */
export async function endEarly({ board: { videoId }, activities }: OpenVideo): Promise<void> {
  await attempt('Predictions may still run at the hosts', async () => {
    const label = { summary: 'end what is known to run at the hosts', activityId: 'end-early' };
    await activities.call('cancelPredictions', { videoId, leaveOpenOrders: true }, label);
  });
}

/** @returns whether nothing of the video can still run at a host */
async function endPredictions({ board, activities }: OpenVideo): Promise<boolean> {
  const report = await activities.call(
    'cancelPredictions',
    { videoId: board.videoId },
    { summary: 'end what still runs at the hosts' },
  );
  board.cancellation = report;
  log.info('Live predictions ended', { ...report });
  return report.unsettled === undefined && report.stillRunning === undefined;
}

async function attempt(otherwise: string, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn(otherwise, { reason: error.cause?.message ?? error.message });
  }
}
