import { BeatreelError } from './beatreel-error.ts';

/** Temporal answers, but no worker gave a price. */
export class NoEstimate extends BeatreelError {
  readonly code = 'NoEstimate';
  readonly taskQueue: string;

  constructor(taskQueue: string, waitedMs: number, options?: ErrorOptions) {
    super(
      `No worker answered on task queue ${taskQueue} within ${waitedMs / 1000} s, and only workers know the prices. ` +
        'Start one (npm run worker), or ask again when they are less busy.',
      options,
    );
    this.taskQueue = taskQueue;
  }
}
