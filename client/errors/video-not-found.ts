import { BeatreelError } from './beatreel-error.ts';

/** No video has this id, or Temporal forgot it after the namespace's retention. */
export class VideoNotFound extends BeatreelError {
  readonly code = 'VideoNotFound';
  readonly videoId: string;

  /** @param reason continues the sentence, e.g. `in namespace default` */
  constructor(videoId: string, reason: string, options?: ErrorOptions) {
    super(`There is no video ${JSON.stringify(videoId)}: ${reason}.`, options);
    this.videoId = videoId;
  }
}
