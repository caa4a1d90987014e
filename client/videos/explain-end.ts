import { type Explanation, explainProgress } from '../../domain/explain-progress.ts';
import type { VideoProgress } from '../../domain/progress.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import { VideoCanceled } from '../errors/video-canceled.ts';
import { VideoFailed } from '../errors/video-failed.ts';
import { readResult } from './read-result.ts';

/** The facts about an ended video that its explanation needs. */
type EndedVideo = Pick<VideoProgress, 'videoId' | 'status'>;

/** Explains the end of a video from Temporal's own record, even where the workflow could not. Needs no worker. */
export async function explainEnd(temporal: TemporalNamespace, video: EndedVideo): Promise<Explanation> {
  const { videoId, status } = video;
  const usual = (known: Partial<VideoProgress> = {}) =>
    explainProgress({
      videoId,
      status,
      title: '',
      phase: 'music',
      phases: [],
      costUsd: 0,
      changes: 0,
      ...known,
    });
  try {
    const { music, phases } = await readResult(temporal, videoId);
    return usual({ phases: music.status === 'failed' ? phases : [] });
  } catch (error) {
    if (error instanceof VideoFailed && error.wasTerminated)
      return {
        reason: `${error.reason} Nothing was cleaned up after it.`,
        nextStep: `End what still runs at the hosts: beatreel cancel ${videoId}`,
      };
    if (error instanceof VideoCanceled && error.reason !== undefined)
      return { ...usual(), reason: error.reason };
    if (error instanceof VideoFailed) return usual({ problem: error.reason });
    if (error instanceof BeatreelError && error.code === 'InvalidBrief') {
      const nextStep = 'Correct the brief, and start it under another id.';
      return { reason: error.message, nextStep };
    }
    return usual();
  }
}
