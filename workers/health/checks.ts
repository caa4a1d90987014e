import { access, constants } from 'node:fs/promises';

import type { MediaTools } from '../../activities/media/media-tools.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import type { ReadinessCheck } from './health-server.ts';

/** Checks that the bucket answers and lets us list it. */
export function bucketCheck(store: Pick<ObjectStore, 'list'>): ReadinessCheck {
  return async () => {
    // The folder is always empty, so one answer is enough.
    for await (const { key } of store.list('videos/-/')) return `${key} lies where nothing should`;
    return undefined;
  };
}

/** Checks that ffmpeg and ffprobe are still in their places and run. */
export function toolsCheck({ ffmpeg, ffprobe }: MediaTools): ReadinessCheck {
  return async () => {
    for (const path of [ffmpeg, ffprobe]) await access(path, constants.X_OK);
    return undefined;
  };
}

/** The part of a Temporal worker that this checks. */
export interface Stateful {
  getState(): string;
}

/** Checks that every queue is served. */
export function workersCheck(workers: readonly Stateful[]): ReadinessCheck {
  return () => {
    const others = workers.map((worker) => worker.getState()).filter((state) => state !== 'RUNNING');
    return Promise.resolve(others.length === 0 ? undefined : `a queue is ${others[0] ?? ''}`);
  };
}
