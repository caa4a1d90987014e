import { ActivityFailure, ApplicationFailure, log, workflowInfo } from '@temporalio/workflow';

import type { ArtifactRef } from '../domain/artifact.ts';
import type { VideoStatus } from '../domain/video-status.ts';
import { phases } from '../domain/media.ts';
import { BoughtUnit } from './units/bought-unit.ts';
import type { Video } from './video.ts';

/** Records all existing files. @param status the end of the video */
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
 * After a cancellation or a failure: ends live predictions at the hosts, and writes a manifest of all existing files. A
 * video whose first run fails before its plan has bought nothing and leaves nothing. A step that fails here is only
 * logged: it must not hide the reason for the end.
 *
 * @returns whether nothing of the video can still run at a host
 */
export async function endVideo(video: Video, status: 'canceled' | 'failed'): Promise<boolean> {
  const isPlanned = video.plan !== undefined;
  video.isEnding = true;
  video.changed();
  await video.ending;
  // Also wait for units that a decision let run on their own.
  for (const unit of video.units) if (unit instanceof BoughtUnit) await unit.close();
  const { runId, firstExecutionRunId } = workflowInfo();
  // A reset run may have planned nothing itself, while earlier ones bought.
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

/** Ends the known live predictions; the later clean-up handles orders in flight. */
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
    // A malformed result is an ApplicationFailure.
    if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
    log.warn(otherwise, { reason: error.cause?.message ?? error.message });
  }
}
