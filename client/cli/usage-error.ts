import { BeatreelError } from '../errors/beatreel-error.ts';

/** The command line makes no sense as it is. */
export class UsageError extends BeatreelError {
  readonly code = 'UsageError';
}
