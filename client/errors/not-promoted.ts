import { BeatreelError } from './beatreel-error.ts';

/** A release that cannot take videos. Nothing changed. */
export class NotPromoted extends BeatreelError {
  readonly code = 'NotPromoted';

  /** @param timeoutMs the wait for its workers, in milliseconds */
  constructor(buildId: string, deployment: string, timeoutMs: number) {
    super(
      `No orchestrator of release ${buildId} of ${deployment} polled in ${timeoutMs / 1000} s. Start one: ` +
        `TEMPORAL_DEPLOYMENT_NAME=${deployment} TEMPORAL_WORKER_BUILD_ID=${buildId} npm run worker -- --pool orchestrator`,
    );
  }
}
