import { BeatreelError } from './beatreel-error.ts';

/** Temporal or the object store does not answer. */
export class ServerUnreachable extends BeatreelError {
  readonly code = 'ServerUnreachable';
  readonly server: 'Temporal' | 'S3';

  /** @param message names the attempt and the variable to set */
  constructor(server: ServerUnreachable['server'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.server = server;
  }
}
