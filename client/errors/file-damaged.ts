import { BeatreelError } from './beatreel-error.ts';

/** An object of the video is missing from the bucket, or differs from the manifest. */
export class FileDamaged extends BeatreelError {
  readonly code = 'FileDamaged';
}
