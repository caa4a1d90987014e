import { BeatreelError } from './beatreel-error.ts';

/** The id belongs to a video with another brief. Nothing was started. */
export class VideoIdTaken extends BeatreelError {
  readonly code = 'VideoIdTaken';
  readonly videoId: string;
  /** Brief fields that differ, e.g. `durationSeconds`; empty where Temporal no longer has the other brief. */
  readonly differences: readonly string[];

  constructor(videoId: string, differences: readonly string[]) {
    const what = differences.length === 0 ? '' : ` (other: ${differences.join(', ')})`;
    super(
      `Video ${videoId} was started from another brief${what}. Start this one under another id; ` +
        `to see the other: beatreel status ${videoId}`,
    );
    this.videoId = videoId;
    this.differences = differences;
  }
}
