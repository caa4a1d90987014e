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
  /** The lightest call that every server answers; it proves the key as well. Rejects when there is no answer. */
  readonly ask: () => Promise<unknown>;
}

/** Looks after a process while it serves. */
export interface KeptWatch {
  close(): Promise<void>;
}

/** A server that takes longer for the lightest call does not answer, in milliseconds. */
export const askForMs = 4_000;

/**
 * Says in the log when Temporal stops answering, and answers probes where an address for them is set.
 *
 * @param checks of `/readyz`, beside Temporal
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

/** What a process tells in its first line: its version, and where everything is. */
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
