import { adviseOnUnits } from '../../domain/explain-progress.ts';
import { BeatreelError } from './beatreel-error.ts';
import { describeUnits, type FailedUnit } from './failed-unit.ts';

/** Units failed, everything else is done and kept, and the video waits for a person: retry units, or cancel. */
export class VideoParked extends BeatreelError {
  readonly code = 'VideoParked';
  readonly videoId: string;
  /** Empty when no worker answered. */
  readonly units: readonly FailedUnit[];
  /** A sentence on the next step. */
  readonly nextStep: string;

  constructor(videoId: string, units: readonly FailedUnit[]) {
    const failed =
      units.length === 0 ? 'no worker answers which units failed' : `failed are ${describeUnits(units)}`;
    super(`Video ${videoId} is parked: ${failed}. Retry its units, or cancel it.`);
    this.videoId = videoId;
    this.units = units;
    this.nextStep = adviseOnUnits(videoId, units);
  }
}
