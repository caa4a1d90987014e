import { BeatreelError } from './beatreel-error.ts';

/** The video is still being made, or parked, and has no result yet. */
export class VideoNotFinished extends BeatreelError {
  readonly code = 'VideoNotFinished';
  readonly videoId: string;

  constructor(videoId: string) {
    super(`Video ${videoId} has not ended yet. Wait for it, or ask for its status.`);
    this.videoId = videoId;
  }
}
