import type { VideoResult } from '../../domain/progress.ts';
import { failedUnitsOf } from '../errors/failed-unit.ts';
import { waitsForPerson } from '../videos/waits-for-person.ts';
import { VideoAwaitsApproval } from '../errors/video-awaits-approval.ts';
import { VideoAwaitsBudget } from '../errors/video-awaits-budget.ts';
import { VideoParked } from '../errors/video-parked.ts';
import { createProgressView } from '../terminal/progress-view.ts';
import type { CommandSession } from './run-command.ts';
import { showUsd } from '../../domain/show-usd.ts';
import { countOf } from '../../domain/count-of.ts';

export interface FollowOptions {
  /** Whether to continue while the video waits for a person. */
  readonly stay: boolean;
  /** With JSON output: whether to print every look as a line. */
  readonly printLooks: boolean;
}

/**
 * Shows the progress of a video until it has ended.
 *
 * @throws VideoParked, VideoAwaitsBudget, VideoAwaitsApproval unless told to stay; VideoFailed, VideoCanceled,
 *   InvalidBrief by the video's end
 */
export async function followVideo(
  { connect, output, signal }: CommandSession,
  videoId: string,
  { stay, printLooks }: FollowOptions,
): Promise<VideoResult> {
  const client = await connect();
  const view = output.json ? undefined : createProgressView(process.stderr);
  const onSilence = ({ message }: Error) => view?.note(message);
  try {
    for await (const progress of client.watch(videoId, { signal, endWhenParked: !stay, onSilence })) {
      view?.show(progress);
      if (output.json && printLooks) output.result(progress, '');
      if (stay || !waitsForPerson(progress)) continue;
      if (progress.status === 'parked') throw new VideoParked(videoId, failedUnitsOf(progress));
      if (progress.status === 'awaiting_approval') throw new VideoAwaitsApproval(videoId, progress.gate);
      throw new VideoAwaitsBudget(videoId, progress.budget);
    }
  } catch (error) {
    if (signal.aborted) view?.note(`Interrupted. The video goes on: beatreel watch ${videoId}`);
    throw error;
  } finally {
    view?.end();
  }
  // The last look may precede the end by a moment.
  return client.wait(videoId, { signal });
}

/** One sentence on a finished video, and the command that fetches it. */
export function describeResult({ videoId, beats, durationSeconds, costUsd, music }: VideoResult): string {
  const silence = music.status === 'failed' ? ` It has no score: ${music.reason ?? 'none was made'}.` : '';
  return (
    `${videoId} is done: ${durationSeconds} s, ${countOf(beats, 'beat')}, ${showUsd(costUsd)}.${silence}\n` +
    `Fetch it: beatreel download ${videoId}`
  );
}
