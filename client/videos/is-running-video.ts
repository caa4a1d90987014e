import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { findVideo } from './find-video.ts';

/** Whether a video of this id has not ended; what Temporal does not know is no running video. */
export async function isRunningVideo(temporal: TemporalNamespace, videoId: string): Promise<boolean> {
  try {
    return !(await findVideo(temporal, videoId)).ended;
  } catch (error) {
    if (error instanceof VideoNotFound) return false;
    throw error;
  }
}
