import { BeatreelError } from './beatreel-error.ts';

/** Temporal answers but cannot serve now: it throttles, or it or a gateway before it is in trouble. */
export class ServerBusy extends BeatreelError {
  readonly code = 'ServerBusy';
}
