import type { ConnectionOptions } from '@temporalio/client';

import type { S3Settings } from '../../storage/s3-settings.ts';

/** How a client finds its servers. Everything has a default in the environment. */
export interface BeatreelClientOptions {
  /**
   * Default: `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_*`, or the profile
   * `TEMPORAL_PROFILE` of a `temporal.toml`; without any of them, `localhost:7233` and namespace `default`.
   */
  readonly temporal?: {
    readonly connectionOptions?: ConnectionOptions;
    /** Default: `default`. */
    readonly namespace?: string;
  };
  /** Needed only to upload, download and verify. Default: `S3_*` and `AWS_*`, read when first needed. */
  readonly s3?: S3Settings;
  /** The queue that videos are started on. Default: `beatreel-orchestrator`, or that of `BEATREEL_QUEUE_PREFIX`. */
  readonly taskQueue?: string;
}
