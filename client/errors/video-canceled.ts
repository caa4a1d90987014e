import { BeatreelError } from './beatreel-error.ts';

export interface VideoCanceledOptions extends ErrorOptions {
  /** A sentence. */
  readonly reason?: string;
}

/** The video was cancelled; its manifest lists its files. */
export class VideoCanceled extends BeatreelError {
  readonly code = 'VideoCanceled';
  readonly videoId: string;

  /** The person and the reason of a rejection at a gate; absent after any other cancellation. */
  readonly reason: string | undefined;

  constructor(videoId: string, { reason, ...options }: VideoCanceledOptions = {}) {
    super(`Video ${videoId} was canceled.${reason === undefined ? '' : ` ${reason}`}`, options);
    this.reason = reason;
    this.videoId = videoId;
  }
}
