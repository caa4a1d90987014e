import { BeatreelError } from './beatreel-error.ts';

/** A server gave an unexpected answer; the cause holds it. */
export class RequestFailed extends BeatreelError {
  readonly code = 'RequestFailed';
}
