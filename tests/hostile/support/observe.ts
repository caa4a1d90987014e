import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

import type { Video } from '../../support/video.ts';
import type { VideoProgress } from '../../../domain/progress.ts';

/** The state of a video, with all words on it. */
export interface Observation {
  readonly state: 'running' | 'finished' | 'parked' | 'refused' | 'canceled';
  /** The name of the failure, where there is one. */
  readonly type?: string;
  readonly words: readonly string[];
  /** Time to the next try of the call that waits longest, in seconds; 0 where none waits. */
  readonly sleepsSeconds: number;
}

export async function observe(video: Video): Promise<Observation> {
  const { status, raw } = await video.handle.describe();
  if (status.name !== 'RUNNING') return { ...(await observeEnd(video)), sleepsSeconds: 0 };
  const open = raw.pendingActivities ?? [];
  const pending = open.flatMap(({ lastFailure }) => lastFailure?.message ?? []);
  const nextTries = open.map(({ scheduledTime }) => Number(scheduledTime?.seconds ?? 0) - Date.now() / 1000);
  const sleepsSeconds = Math.max(0, ...nextTries);
  // The query fails until the workflow has run.
  const progress = await video.progress().catch(() => undefined);
  if (!progress) return { state: 'running', words: pending, sleepsSeconds };
  const failure = failuresOf(progress)[0];
  return {
    state: progress.status === 'parked' ? 'parked' : 'running',
    ...(failure ? { type: failure.type } : {}),
    words: [...wordsOf(progress), ...pending],
    sleepsSeconds,
  };
}

async function observeEnd(video: Video): Promise<Omit<Observation, 'sleepsSeconds'>> {
  try {
    const { music } = await video.result();
    return { state: 'finished', words: music.reason === undefined ? [] : [music.reason] };
  } catch (error) {
    const cause = error instanceof WorkflowFailedError ? error.cause : error;
    if (cause instanceof CancelledFailure)
      return { state: 'canceled', words: wordsOf(await video.progress()) };
    const type = cause instanceof ApplicationFailure ? (cause.type ?? undefined) : undefined;
    const words = [cause instanceof Error ? cause.message : String(cause)];
    return { state: 'refused', ...(type === undefined ? {} : { type }), words };
  }
}

function wordsOf(progress: VideoProgress): string[] {
  const { problem, warnings = [] } = progress;
  return [
    ...(problem === undefined ? [] : [problem]),
    ...warnings,
    ...failuresOf(progress).map(({ reason }) => reason),
  ];
}

function failuresOf({ phases }: VideoProgress) {
  return phases.flatMap(({ units }) => units.flatMap(({ failure }) => failure ?? []));
}
