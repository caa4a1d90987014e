import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/**
 * Fails for a missing object by which a video was bought: nothing else may replace it.
 *
 * @throws BeatreelFailure ArtifactMissing always
 */
export function refuseMissing(key: string): never {
  const problem = `${key} is gone; put it back, and the video goes on.`;
  throw new BeatreelFailure(failureTypes.artifactMissing, problem);
}
