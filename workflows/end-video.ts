import { ActivityFailure, ApplicationFailure, log, workflowInfo } from '@temporalio/workflow';

import type { ArtifactRef } from '../domain/artifact.ts';
import type { VideoStatus } from '../domain/video-status.ts';
import { phases } from '../domain/media.ts';
import { BoughtUnit } from './units/bought-unit.ts';
import type { Video } from './video.ts';

/** Keeps what exists on record. @param status how the video ended */
export async function writeManifest(video: Video, status: VideoStatus): Promise<ArtifactRef> {
  const { videoId, phases, costUsd, cancellation, approvals, rejection, budget } = video.progress();
  return video.activities.writeManifest(
    {
      videoId,
      revision: video.plan?.revision ?? 1,
      status,
      costUsd,
      cancellation,
      budgetUsd: budget?.capUsd,
      approvals,
      rejection,
      phases,
    },
    { summary: 'write the manifest' },
  );
}

/**
 * After a cancellation or a failure: ends what still runs at the hosts, and keeps a manifest of what exists. A video
 * whose first run fails before it is planned has bought nothing and leaves nothing. A step that fails is logged: it must not hide why
 * the video ended.
 *
 * @returns whether nothing of the video can still run at a host
 */
export async function endVideo(video: Video, status: 'canceled' | 'failed'): Promise<boolean> {
  const isPlanned = video.plan !== undefined;
  video.isEnding = true;
  video.changed();
  await video.ending;
  // A unit that a decision let go on by itself is waited for like the others.
  for (const unit of video.units) if (unit instanceof BoughtUnit) await unit.close();
  const { runId, firstExecutionRunId } = workflowInfo();
  // A run that was reset may have planned nothing itself, and earlier ones bought.
  const mayHaveBought = isPlanned || status === 'canceled' || runId !== firstExecutionRunId;
  let isClean = !mayHaveBought;
  if (mayHaveBought) {
    await attempt('Predictions may still run at the hosts', async () => {
      isClean = await endPredictions(video);
    });
  }
  for (const phase of phases.map((name) => video.phase(name)))
    if (phase.status === 'running' || phase.status === 'partial') phase.end('failed');
  video.setStatus(status);
  if (isPlanned) await attempt('The manifest was not written', () => writeManifest(video, status));
  return isClean;
}

/** Ends what is known to run at the hosts; orders on their way are left to the clean-up after them. */
export async function endKnownPredictions({ id, activities }: Video): Promise<void> {
  await attempt('Predictions may still run at the hosts', async () => {
    const label = { summary: 'end what is known to run at the hosts', activityId: 'end-early' };
    await activities.cancelPredictions({ videoId: id, leaveOpenOrders: true }, label);
  });
}

/** @returns whether nothing of the video can still run at a host */
async function endPredictions(video: Video): Promise<boolean> {
  const { costs = {}, ...report } = await video.activities.cancelPredictions(
    { videoId: video.id },
    { summary: 'end what still runs at the hosts' },
  );
  for (const unit of video.units) if (unit instanceof BoughtUnit) unit.learnCosts(costs);
  video.cancellation = report;
  log.info('Live predictions ended', { ...report });
  return report.unsettled === undefined && report.stillRunning === undefined;
}

async function attempt(otherwise: string, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    // A result that is none is an ApplicationFailure.
    if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
    log.warn(otherwise, { reason: error.cause?.message ?? error.message });
  }
}
