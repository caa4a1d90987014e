import { BeatreelError } from './beatreel-error.ts';

/** Temporal answers and does not serve at this moment: it throttles, or it or a gateway before it is in trouble. */
export class ServerBusy extends BeatreelError {
  readonly code = 'ServerBusy';
}
