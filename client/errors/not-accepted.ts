import { BeatreelError } from './beatreel-error.ts';

/** A decision about a video that the video refused. Nothing changed. */
export class NotAccepted extends BeatreelError {
  readonly code = 'NotAccepted';
  readonly videoId: string;

  /**
   * @param refusal what was refused and why, e.g. `the new budget. It is …`
   */
  constructor(videoId: string, refusal: string, options?: ErrorOptions) {
    super(`Video ${videoId} did not accept ${refusal}`, options);
    this.videoId = videoId;
  }
}
