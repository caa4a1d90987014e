import { BeatreelError } from './beatreel-error.ts';

/** A setting of the client is missing or wrong, or a server refused its credentials. */
export class InvalidSettings extends BeatreelError {
  readonly code = 'InvalidSettings';
}
