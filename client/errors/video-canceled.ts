import { BeatreelError } from './beatreel-error.ts';

export interface VideoCanceledOptions extends ErrorOptions {
  /** A sentence. */
  readonly reason?: string;
}

/** Somebody cancelled the video; what it had by then is in its manifest. */
export class VideoCanceled extends BeatreelError {
  readonly code = 'VideoCanceled';
  readonly videoId: string;

  /** Who rejected it at a gate, and why; absent where it was canceled otherwise. */
  readonly reason: string | undefined;

  constructor(videoId: string, { reason, ...options }: VideoCanceledOptions = {}) {
    super(`Video ${videoId} was canceled.${reason === undefined ? '' : ` ${reason}`}`, options);
    this.reason = reason;
    this.videoId = videoId;
  }
}
