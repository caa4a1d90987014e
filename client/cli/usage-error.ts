import { BeatreelError } from '../errors/beatreel-error.ts';

/** An unusable command line. */
export class UsageError extends BeatreelError {
  readonly code = 'UsageError';
}
