import type { TestObjectStore } from '../../storage/start-object-store.ts';
import type { CliEnvironment } from './run-cli.ts';
import type { TestTemporal } from './start-temporal-server.ts';

/** The servers for the program to use. */
export interface CliServers {
  readonly temporal: TestTemporal;
  readonly bucket: TestObjectStore;
  /** Default: the product's own queue. */
  readonly taskQueue?: string;
}

/** The variables by which the program finds the servers of a test. */
export function cliEnvironment({ temporal, bucket, taskQueue }: CliServers): CliEnvironment {
  const { endpoint, bucket: name, region } = bucket.s3.settings;
  return {
    TEMPORAL_ADDRESS: temporal.address,
    ...(taskQueue === undefined ? {} : { BEATREEL_QUEUE_PREFIX: taskQueue.replace(/-orchestrator$/, '') }),
    ...(endpoint === undefined ? {} : { S3_ENDPOINT: endpoint }),
    S3_BUCKET: name,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: process.env['AWS_ACCESS_KEY_ID'] ?? '',
    AWS_SECRET_ACCESS_KEY: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}
