import {
  WorkflowNotFoundError,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';

import { isOpen, type VideoStatus, waitingStatuses } from '../../domain/video-status.ts';
import { generateVideoType, searchAttributes } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { isVideoId } from './name-video.ts';

/** A video in Temporal's own record, without the need for a worker. */
export interface FoundVideo {
  readonly handle: WorkflowHandle;
  readonly description: WorkflowExecutionDescription;
  /** `running` also for a parked video whose search attribute lags. */
  readonly status: VideoStatus;
  readonly ended: boolean;
}

/** Temporal reads a description from memory; a longer wait means trouble. */
export const callTimeoutMs = 10_000;

/** @throws VideoNotFound, also for a workflow that is not a video */
export async function findVideo(temporal: TemporalNamespace, videoId: string): Promise<FoundVideo> {
  const { client, namespace } = temporal;
  if (!isVideoId(videoId)) throw new VideoNotFound(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  const handle = client.workflow.getHandle(videoId);
  const description = await temporalCall(
    { doing: `Looking for video ${videoId}`, at: temporal },
    async () => {
      try {
        return await temporal.within(callTimeoutMs, () => handle.describe());
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        throw new VideoNotFound(videoId, `Temporal knows none in namespace ${namespace}`, { cause: error });
      }
    },
  );
  if (description.type !== generateVideoType) {
    throw new VideoNotFound(videoId, `the workflow of this id is a ${description.type}`);
  }
  const phase = description.typedSearchAttributes.get(searchAttributes.phase);
  const status = readVideoStatus(description.status.name, phase);
  return { handle, description, status, ended: !isOpen(status) };
}

/**
 * @param execution Temporal's name of the status
 * @param phase the search attribute
 */
export function readVideoStatus(execution: string, phase: string | undefined): VideoStatus {
  switch (execution) {
    case 'RUNNING':
    case 'PAUSED':
    case 'CONTINUED_AS_NEW':
      return waitingStatuses.find((status) => status === phase) ?? 'running';
    case 'COMPLETED':
      return 'succeeded';
    case 'CANCELLED':
      return 'canceled';
    default:
      // For a video rejected at a gate, only its own attribute says `canceled`.
      return phase === 'canceled' ? 'canceled' : 'failed';
  }
}

/** Whether a video of this id has not ended; false for an unknown id. */
export async function isRunningVideo(temporal: TemporalNamespace, videoId: string): Promise<boolean> {
  try {
    return !(await findVideo(temporal, videoId)).ended;
  } catch (error) {
    if (error instanceof VideoNotFound) return false;
    throw error;
  }
}
