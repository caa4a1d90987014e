import { BeatreelError } from './beatreel-error.ts';

/** An object of the video is missing from the bucket, or holds other bytes than the manifest says. */
export class FileDamaged extends BeatreelError {
  readonly code = 'FileDamaged';
}
