import { Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

import { InvalidSettings } from '../errors/invalid-settings.ts';
import { grpcCodeOf } from './read-grpc-error.ts';
import { retryCalls } from './retry-calls.ts';
import { throughProxy } from './through-proxy.ts';
import { temporalCall } from './temporal-call.ts';
import { TemporalNamespace } from './temporal-namespace.ts';
import { type TemporalAttempt, toUnreachable } from './to-client-error.ts';
import type { S3Settings } from '../../storage/s3-settings.ts';

/** The servers of a client. Every field has a default in the environment. */
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
  /** Needed only for uploads, downloads and checks. Default: `S3_*` and `AWS_*`, read at the first use. */
  readonly s3?: S3Settings;
  /** The queue for starting videos. Default: `beatreel-orchestrator`, or that of `BEATREEL_QUEUE_PREFIX`. */
  readonly taskQueue?: string;
}

/** A server that does not answer within this time counts as absent; each later call has its own limit. */
const connectTimeout = '5 seconds';

/** The Temporal client's default address. */
export const usualAddress = 'localhost:7233';

/**
 * Connects to Temporal by the options or the environment.
 *
 * @throws ServerUnreachable, ServerBusy, InvalidSettings
 */
export async function connectTemporal(
  given: BeatreelClientOptions['temporal'],
  taskQueue: string,
): Promise<TemporalNamespace> {
  const { connectionOptions = {}, namespace = 'default' } = given ?? readEnvironment();
  const address = connectionOptions.address ?? usualAddress;
  const connection = Connection.lazy({
    ...{ connectTimeout, interceptors: [retryCalls] },
    ...throughProxy(connectionOptions),
  });
  const attempt = { doing: 'Connecting', at: { address, namespace } };
  try {
    await temporalCall(attempt, () => connect(connection, attempt));
  } catch (error) {
    // Otherwise it keeps trying, and keeps the process alive.
    await connection.close();
    throw error;
  }
  return new TemporalNamespace({ connection, namespace, address, taskQueue });
}

async function connect(connection: Connection, attempt: TemporalAttempt): Promise<void> {
  try {
    await connection.ensureConnected();
  } catch (error) {
    // An error without a code is gRPC's own time limit, not a server's answer.
    throw grpcCodeOf(error) === undefined ? toUnreachable(attempt, error) : error;
  }
}

function readEnvironment(): NonNullable<BeatreelClientOptions['temporal']> {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig();
    const { address, apiKey, tls, metadata } = connectionOptions;
    return {
      connectionOptions: {
        // An empty variable counts as not set.
        ...(isSet(address) ? { address } : {}),
        ...(isSet(apiKey) ? { apiKey } : {}),
        ...(tls === undefined ? {} : { tls }),
        ...(metadata === undefined ? {} : { metadata }),
      },
      ...(isSet(namespace) ? { namespace } : {}),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidSettings(
      `The settings for Temporal cannot be read: ${reason} ` +
        'They come from TEMPORAL_ADDRESS and its kin, or from the file TEMPORAL_CONFIG_FILE names.',
      { cause },
    );
  }
}

function isSet<T>(value: T | undefined): value is T {
  return value !== undefined && value !== '';
}
