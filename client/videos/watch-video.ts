import type { VideoProgress } from '../../domain/progress.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { Outages, pause, type ServerSilence } from './outages.ts';
import { readStatus } from './read-status.ts';
import { isOpen } from '../../domain/video-status.ts';
import { waitsForPerson } from './waits-for-person.ts';

/** How to watch a video. */
export interface WatchOptions {
  /** Ends the watching with its reason; the video goes on. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks, 50 or more. Default: 500. Each look is a query that a worker answers. */
  readonly intervalMs?: number;
  /** Whether a video that waits for a person ends the watching, parked or without money. Default: false. */
  readonly endWhenParked?: boolean;
  /** Told once for every time that no worker answers, or Temporal does not serve; the watching goes on. */
  readonly onSilence?: (error: NoWorkerAnswers | ServerSilence) => void;
}

/** Yields the progress now and after every change, until the video has ended. @throws as the status does */
export async function* watchVideo(
  temporal: TemporalNamespace,
  videoId: string,
  options: WatchOptions = {},
): AsyncGenerator<VideoProgress, void, undefined> {
  const { signal, intervalMs = 500, endWhenParked = false } = options;
  const outages = new Outages(options.onSilence);
  const read = readOrSilence(temporal, videoId, options.onSilence);
  let before: VideoProgress | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const progress = await outages.ask(read);
    if (progress) {
      if (progress.changes !== before?.changes || progress.status !== before.status) yield progress;
      before = progress;
      if (!isOpen(progress.status) || (endWhenParked && waitsForPerson(progress))) return;
    }
    await pause(outages.pauseMs(Math.max(50, intervalMs)), signal);
  }
}

function readOrSilence(
  temporal: TemporalNamespace,
  videoId: string,
  onSilence: WatchOptions['onSilence'],
): () => Promise<VideoProgress | undefined> {
  let silent = false;
  return async () => {
    try {
      const progress = await readStatus(temporal, videoId);
      silent = false;
      return progress;
    } catch (error) {
      if (!(error instanceof NoWorkerAnswers)) throw error;
      if (!silent) onSilence?.(error);
      silent = true;
      return undefined;
    }
  };
}
