import { BeatreelError } from './beatreel-error.ts';

/** Somebody cancelled the video; what it had by then is in its manifest. */
export class VideoCanceled extends BeatreelError {
  readonly code = 'VideoCanceled';
  readonly videoId: string;

  constructor(videoId: string, options?: ErrorOptions) {
    super(`Video ${videoId} was canceled.`, options);
    this.videoId = videoId;
  }
}
