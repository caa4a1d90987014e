import { BeatreelError } from './beatreel-error.ts';

/** The caller's time limit ended the wait; the video continues. */
export class WaitTimedOut extends BeatreelError {
  readonly code = 'WaitTimedOut';
  readonly videoId: string;
  readonly timeoutMs: number;

  constructor(videoId: string, timeoutMs: number) {
    super(`Video ${videoId} did not end within ${timeoutMs} ms. It goes on; wait again, or watch it.`);
    this.videoId = videoId;
    this.timeoutMs = timeoutMs;
  }
}
