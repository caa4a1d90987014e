import { BeatreelError } from './beatreel-error.ts';

/** A server answered in a way that nobody expected; the cause says how. */
export class RequestFailed extends BeatreelError {
  readonly code = 'RequestFailed';
}
