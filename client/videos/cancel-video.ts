import { WorkflowNotFoundError } from '@temporalio/client';

import type { VideoStatus } from '../../domain/video-status.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { callTimeoutMs, findVideo } from './find-video.ts';

/** What a request to cancel came to. */
export interface CancelAnswer {
  /** False when the video had ended before; then nothing changes. */
  readonly requested: boolean;
  /** How the video stood when it was asked. */
  readonly status: VideoStatus;
}

/**
 * Asks a video to stop. It first lets orders that are on their way arrive, cancels what runs at the hosts, and keeps
 * a manifest of what exists; only then it is canceled. Safe to run again.
 *
 * @throws VideoNotFound
 */
export async function cancelVideo(temporal: TemporalNamespace, videoId: string): Promise<CancelAnswer> {
  const { handle, ended, status } = await findVideo(temporal, videoId);
  if (ended) return { requested: false, status };
  return temporalCall({ doing: `Canceling video ${videoId}`, at: temporal }, async () => {
    try {
      await temporal.within(callTimeoutMs, () => handle.cancel());
      return { requested: true, status };
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      // It ended between the look and the request.
      return { requested: false, status: (await findVideo(temporal, videoId)).status };
    }
  });
}
