import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/**
 * A video was bought by what stood in this object: nothing else may take its place.
 *
 * @throws BeatreelFailure ArtifactMissing always
 */
export function refuseMissing(key: string): never {
  const problem = `${key} is gone; put it back, and the video goes on.`;
  throw new BeatreelFailure(failureTypes.artifactMissing, problem);
}
