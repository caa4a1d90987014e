import type { VideoProgress } from '../../domain/progress.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { Outages, pause, type ServerSilence } from './outages.ts';
import { readStatus } from './read-status.ts';
import { isOpen } from '../../domain/video-status.ts';
import { waitsForPerson } from './waits-for-person.ts';

/** The options of a watch. */
export interface WatchOptions {
  /** Ends the watch with its reason; the video continues. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks, 50 or more. Default: 500. Each look is a query that a worker answers. */
  readonly intervalMs?: number;
  /** Whether a wait for a person, parked or without money, ends the watch. Default: false. */
  readonly endWhenParked?: boolean;
  /** Called once for every silence of the workers or of Temporal; the watch continues. */
  readonly onSilence?: (error: NoWorkerAnswers | ServerSilence) => void;
}

/** Yields the progress now and after every change, until the video has ended. @throws the errors of `readStatus` */
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
