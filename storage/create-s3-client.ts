import { Agent as HttpAgent } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { ServerClock } from '../domain/server-clock.ts';
import { dateOf } from './storage-failure.ts';
import { openHttpsAgent } from './proxy.ts';
import type { S3Settings } from './s3-settings.ts';

/** A client bound to one bucket; everything in this folder that speaks to S3 takes it. */
export interface S3Connection {
  readonly client: S3Client;
  readonly settings: S3Settings;
  /** The store's clock. */
  readonly clock: ServerClock;
}

const connectTimeoutMs = 10_000;
/** A store that neither sends nor takes a byte for this long is treated as gone. */
const idleTimeoutMs = 60_000;
const maxSockets = 64;

const ignore = () => undefined;
const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Opens a connection pool to the bucket's store. `connection.client.destroy()` closes it. */
export function connectS3(settings: S3Settings): S3Connection {
  const clock = new ServerClock();
  return { client: createS3Client(settings, { clock }), settings, clock };
}

interface ClientOptions {
  /** Default: the endpoint of the settings. */
  readonly endpoint?: string | undefined;
  /** Receives the date of every answer. */
  readonly clock?: ServerClock;
}

/**
 * An S3 client with kept-alive sockets and with timeouts, so that no call can hang for ever.
 * Every output's `$metadata` carries the response's `Date`, which `serverDateOf` reads.
 */
export function createS3Client(
  settings: S3Settings,
  { endpoint = settings.endpoint, clock = new ServerClock() }: ClientOptions = {},
): S3Client {
  const mode = settings.checksum === 'crc32' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED';
  const client = new S3Client({
    region: settings.region,
    forcePathStyle: settings.forcePathStyle,
    requestChecksumCalculation: mode,
    responseChecksumValidation: mode,
    maxAttempts: 4,
    // With `Expect`, the SDK's handler opens a new socket for every upload.
    expectContinueHeader: false,
    // The SDK would warn on the console; every failure is thrown instead.
    logger: silent,
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      socketTimeout: idleTimeoutMs,
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets }),
      httpsAgent: openHttpsAgent({ keepAlive: true, maxSockets }),
    },
  });
  recordServerDate(client, { clock, settings, endpoint });
  return client;
}

/**
 * The store's clock when it answered, to the second.
 *
 * @throws Error when the store sends no usable `Date` header
 */
export function serverDateOf(output: { readonly $metadata: object }): Date {
  const text: unknown = Reflect.get(output.$metadata, 'serverDate');
  const date = new Date(typeof text === 'string' ? text : Number.NaN);
  if (Number.isNaN(date.getTime()))
    throw new Error('The object store sent no Date header, so its clock is unknown.');
  return date;
}

interface Recorded {
  readonly clock: ServerClock;
  readonly settings: S3Settings;
  readonly endpoint: string | undefined;
}

/** Records the store's clock from every answer, and names the store on every refusal. */
function recordServerDate(client: S3Client, { clock, settings, endpoint }: Recorded): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args).catch((error: unknown) => {
        // A refusal carries the store's clock as well, and a wrong clock may be its cause.
        clock.hear(dateOf(error));
        if (error instanceof Error)
          Object.assign(error, { store: `bucket ${settings.bucket} at ${endpoint ?? 'AWS'}` });
        throw error;
      });
      const { headers } = result.response as { readonly headers?: Record<string, string> };
      clock.hear(headers?.['date']);
      if (result.output !== undefined)
        Object.assign(result.output.$metadata, { serverDate: headers?.['date'] });
      return result;
    },
    { step: 'deserialize', priority: 'high', name: 'recordServerDate' },
  );
}
