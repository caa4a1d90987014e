import { BeatreelError } from './beatreel-error.ts';

/** The video refused a decision. Nothing changed. */
export class NotAccepted extends BeatreelError {
  readonly code = 'NotAccepted';
  readonly videoId: string;

  /**
   * @param refusal the refused thing and the reason, e.g. `the new budget. It is …`
   */
  constructor(videoId: string, refusal: string, options?: ErrorOptions) {
    super(`Video ${videoId} did not accept ${refusal}`, options);
    this.videoId = videoId;
  }
}
