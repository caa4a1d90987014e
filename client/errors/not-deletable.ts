import { BeatreelError } from './beatreel-error.ts';

/** The files of a video must not be deleted: it runs, or its hosts may still work for it. Nothing changed. */
export class NotDeletable extends BeatreelError {
  readonly code = 'NotDeletable';
  readonly videoId: string;
  readonly nextStep: string;

  /** @param reason continues the sentence, e.g. `it is parked` */
  constructor(videoId: string, reason: string, nextStep: string) {
    super(`The files of video ${videoId} were not deleted: ${reason}.`);
    this.videoId = videoId;
    this.nextStep = nextStep;
  }
}
