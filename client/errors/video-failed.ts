import { BeatreelError } from './beatreel-error.ts';
import type { FailedUnit } from './failed-unit.ts';

/** The video has ended without a result. */
export class VideoFailed extends BeatreelError {
  readonly code = 'VideoFailed';
  readonly videoId: string;
  /** The failed units; empty when the video failed as a whole, e.g. while planning. */
  readonly units: readonly FailedUnit[];
  /** One or more sentences. */
  readonly reason: string;
  /** Whether its workflow was terminated or timed out, so that live predictions were not ended. */
  readonly wasTerminated: boolean;

  /** @param reason one or more sentences */
  constructor(
    videoId: string,
    reason: string,
    options: ErrorOptions & { readonly units?: readonly FailedUnit[]; readonly wasTerminated?: boolean } = {},
  ) {
    super(`Video ${videoId} failed: ${reason}`, options);
    this.videoId = videoId;
    this.reason = reason;
    this.wasTerminated = options.wasTerminated ?? false;
    this.units = options.units ?? [];
  }
}
