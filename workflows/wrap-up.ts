import { log } from '@temporalio/workflow';

import type { ArtifactRef } from './domain/artifact.ts';
import type { VideoStatus } from './domain/progress.ts';
import type { OpenVideo } from './open-video.ts';
import { firstRevision } from './phases/finish-video.ts';

/** Keeps what exists on record. @param status how the video ended */
export async function writeManifest(
  { board, activities }: Pick<OpenVideo, 'board' | 'activities'>,
  status: VideoStatus,
): Promise<ArtifactRef> {
  const { videoId, phases, costUsd } = board.snapshot();
  return activities.call(
    'writeManifest',
    { videoId, revision: firstRevision, status, costUsd, phases },
    { summary: 'write the manifest' },
  );
}

/**
 * After a cancellation or a failure: ends what still runs at the hosts, and keeps a manifest of what exists. A video
 * that was never planned has bought nothing and leaves nothing.
 */
export async function wrapUp(video: OpenVideo, status: 'canceled' | 'failed'): Promise<void> {
  const { board, activities } = video;
  if (board.beats !== undefined) {
    const report = await activities.call(
      'cancelPredictions',
      { videoId: board.videoId },
      { summary: 'end what still runs at the hosts' },
    );
    log.info('Live predictions ended', { ...report });
  }
  for (const { phase, status: phaseStatus } of board.snapshot().phases) {
    if (phaseStatus === 'running' || phaseStatus === 'partial') board.endPhase(phase, 'failed');
  }
  board.setStatus(status);
  if (board.beats !== undefined) await writeManifest(video, status);
}
