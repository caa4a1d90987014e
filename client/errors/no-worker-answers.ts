import { BeatreelError } from './beatreel-error.ts';

/** Temporal answers, but no worker does. The video is safe and continues when one returns. */
export class NoWorkerAnswers extends BeatreelError {
  readonly code = 'NoWorkerAnswers';
  readonly videoId: string;
  readonly taskQueue: string;

  constructor(videoId: string, taskQueue: string, options?: ErrorOptions) {
    super(
      `No worker answers for video ${videoId} on task queue ${taskQueue}. ` +
        'Nothing is lost: start a worker (npm run worker) and the video goes on.',
      options,
    );
    this.videoId = videoId;
    this.taskQueue = taskQueue;
  }
}
