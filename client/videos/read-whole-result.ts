import type { VideoResult } from '../../domain/progress.ts';
import { manifestKey } from '../../domain/revision.ts';
import { generateVideoType } from '../../workflows/messages.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { callTimeoutMs } from './find-video.ts';
import { isVideoId } from './name-video.ts';
import { readResult } from './read-result.ts';

/** Errors of a video whose earlier revisions may be whole. */
const unfinished = ['VideoNotFinished', 'VideoFailed', 'VideoCanceled'];

/**
 * The result of one revision of a video, or of the newest whole one, whatever the state of later ones; needs no worker.
 *
 * @param revision from 1. Default: the newest whole one
 * @throws VideoNotFound where Temporal does not know that revision; like {@link readResult} where none is whole
 */
export async function readWholeResult(
  temporal: TemporalNamespace,
  videoId: string,
  revision?: number,
): Promise<VideoResult> {
  if (!isVideoId(videoId)) throw new VideoNotFound(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  if (revision !== undefined) {
    const found = await findWhole(temporal, videoId, revision);
    if (found) return found;
    throw new VideoNotFound(videoId, `Temporal knows no run that finished its revision ${revision}`);
  }
  try {
    return await readResult(temporal, videoId);
  } catch (error) {
    if (!(error instanceof BeatreelError && unfinished.includes(error.code))) throw error;
    const found = await findWhole(temporal, videoId);
    if (found) return found;
    throw error;
  }
}

/** Searches the runs of a video: each finished revision has its own run under the video's id. */
async function findWhole(
  temporal: TemporalNamespace,
  videoId: string,
  revision?: number,
): Promise<VideoResult | undefined> {
  const { workflow } = temporal.client;
  const query = `WorkflowType = '${generateVideoType}' AND WorkflowId = '${videoId}' AND ExecutionStatus = 'Completed'`;
  return temporalCall({ doing: `Reading the results of ${videoId}`, at: temporal }, () =>
    temporal.within(callTimeoutMs, async () => {
      // Newest first.
      for await (const { runId } of workflow.list({ query })) {
        const handle = workflow.getHandle(videoId, runId, { followRuns: false });
        const result = (await handle.result()) as VideoResult;
        if (revision === undefined || result.manifest.key === manifestKey(videoId, revision)) return result;
      }
      return undefined;
    }),
  );
}
