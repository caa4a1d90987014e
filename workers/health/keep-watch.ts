import { Runtime } from '@temporalio/worker';

import { readVersion } from '../../client/read-version.ts';
import type { S3Settings } from '../../storage/s3-settings.ts';
import { type ListenAddress, showAddress } from '../configuration/read-listen-address.ts';
import { type ReadinessCheck, startHealthServer } from './health-server.ts';
import { watchTemporal } from './watch-temporal.ts';

/** The Temporal namespace of a process. */
export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
  /** The lightest call that every server answers; it proves the key as well. Rejects without an answer. */
  readonly ask: () => Promise<unknown>;
}

/** The running watch over a process. */
export interface KeptWatch {
  close(): Promise<void>;
}

/** The time-out of the lightest call, in milliseconds; a slower server counts as not answering. */
export const askForMs = 4_000;

/**
 * Logs when Temporal stops answering, and answers probes where an address for them is set.
 *
 * @param checks for `/readyz`, beside Temporal
 */
export async function keepWatch(
  { address, namespace, ask }: TemporalPlace,
  health: ListenAddress | undefined,
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<KeptWatch> {
  const temporal = watchTemporal({ ask, address, namespace, logger: Runtime.instance().logger });
  const isLost: ReadinessCheck = async () => {
    if (temporal.problem === undefined) await ask();
    return temporal.problem;
  };
  try {
    const server = health && (await startHealthServer(health, { temporal: isLost, ...checks }));
    return {
      close: async () => {
        temporal.close();
        await server?.close();
      },
    };
  } catch (error) {
    temporal.close();
    throw error;
  }
}

/** The fields of a process's first log line: its version and its addresses. */
export function describeSurroundings(
  { address, namespace }: Pick<TemporalPlace, 'address' | 'namespace'>,
  settings: {
    readonly s3: S3Settings;
    readonly health?: ListenAddress | undefined;
    readonly metrics?: ListenAddress | undefined;
  },
): Readonly<Record<string, unknown>> {
  const { s3, health, metrics } = settings;
  return {
    version: readVersion(),
    temporal: address,
    namespace,
    bucket: s3.bucket,
    store: s3.endpoint ?? 'AWS',
    health: health && showAddress(health),
    metrics: metrics && showAddress(metrics),
  };
}
