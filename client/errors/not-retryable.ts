import { BeatreelError } from './beatreel-error.ts';

/** The video refused a retry: it is not parked, or no failed unit matches. Nothing changed. */
export class NotRetryable extends BeatreelError {
  readonly code = 'NotRetryable';
  readonly videoId: string;

  /** @param reason in the workflow's own words */
  constructor(videoId: string, reason: string, options?: ErrorOptions) {
    super(`Video ${videoId} did not accept the retry. ${reason}`, options);
    this.videoId = videoId;
  }
}
