import { BeatreelError } from './beatreel-error.ts';

/** The bucket has no readable manifest of the video. Manifests are written when a video ends. */
export class ManifestMissing extends BeatreelError {
  readonly code = 'ManifestMissing';
  readonly videoId: string;

  /** @param reason continues the sentence */
  constructor(videoId: string, reason: string, options?: ErrorOptions) {
    super(`Video ${videoId} has no manifest: ${reason}.`, options);
    this.videoId = videoId;
  }
}
