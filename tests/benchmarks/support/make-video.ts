import type { Client } from '@temporalio/client';

import type { BriefInput } from '../../../domain/schemas/brief-schema.ts';
import type { VideoResult } from '../../../domain/progress.ts';
import type { Phase } from '../../../domain/media.ts';
import { generateVideoType, orchestratorQueue } from '../../../workflows/messages.ts';

/** A video to make: every beat has 5 s and so, with the default model, one chunk. */
export interface BenchVideo {
  readonly videoId: string;
  readonly beats: number;
  readonly limits?: { readonly concurrentStills: number; readonly concurrentChunks: number };
  readonly music?: boolean;
}

/** The times of a finished video by its own clock, in seconds. */
export interface VideoTimes {
  readonly wholeSeconds: number;
  phaseSeconds(phase: Phase): number;
}

export function writeBrief({ beats, limits, music = true }: BenchVideo): BriefInput {
  return {
    prompt: 'A brass desk lamp that is switched on as the evening comes',
    durationSeconds: beats * 5,
    beats: Array.from({ length: beats }, (_, index) => ({
      prompt: `The lamp at minute ${index + 1} of the evening`,
      durationSeconds: 5,
    })),
    music: { enabled: music },
    onFailure: 'fail',
    ...(limits ? { limits } : {}),
  };
}

/** Starts a video. @returns milliseconds from the call to its return */
export async function startVideo(client: Client, video: BenchVideo): Promise<number> {
  const askedAt = performance.now();
  await client.workflow.start(generateVideoType, {
    workflowId: video.videoId,
    taskQueue: orchestratorQueue,
    args: [writeBrief(video)],
  });
  return performance.now() - askedAt;
}

/** Makes a video from start to end. @throws when it fails */
export async function makeVideo(client: Client, video: BenchVideo): Promise<VideoTimes> {
  await startVideo(client, video);
  const handle = client.workflow.getHandle(video.videoId);
  const { phases } = (await handle.result()) as VideoResult;
  const { startTime, closeTime } = await handle.describe();
  return {
    wholeSeconds: (Number(closeTime) - Number(startTime)) / 1000,
    phaseSeconds: (wanted) => {
      const { startedAt = '', endedAt = '' } = phases.find(({ phase }) => phase === wanted) ?? {};
      return (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    },
  };
}
