import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { BeatreelFailure } from '../../../activities/runtime/failures.ts';
import { failureTypes } from '../../../workflows/domain/failure-types.ts';

/** A port number, or `auto` for one that is free. */
export type PortSetting = number | 'auto';

/** Below the range from which systems lend ports to outgoing connections, so that none is taken while we start. */
const lowest = 20_000;
const highest = 32_000;

/** Ports this process has given out; a server that was given one may not listen yet. */
const givenOut = new Set<number>();

/**
 * Turns a port setting into a port of 127.0.0.1. A number is taken at its word. Somebody may still take a free port
 * before the server listens: start such servers with `retryOnTakenPort`.
 *
 * @param usual what `auto` prefers when it is free
 * @throws BeatreelFailure `ProviderUnavailable` when no free port is found
 */
export async function choosePort(setting: PortSetting = 'auto', usual?: number): Promise<number> {
  if (setting !== 'auto') return setting;
  if (usual !== undefined && (await isFree(usual))) return usual;
  for (let tries = 0; tries < 1000; tries += 1) {
    const port = randomInt(lowest, highest);
    if (givenOut.has(port)) continue;
    givenOut.add(port);
    if (await isFree(port)) return port;
  }
  const message = `No free port was found on 127.0.0.1 between ${lowest} and ${highest}.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, message);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((closed) => probe.close(closed));
  }
}
