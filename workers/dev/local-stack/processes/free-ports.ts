import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { BeatreelFailure } from '../../../../domain/beatreel-failure.ts';
import { failureTypes } from '../../../../domain/failure-types.ts';
import type { PortSetting } from '../../../configuration/dev-config.ts';
import { holdLock, type HeldLock } from '../../../tools/hold-lock.ts';

/** Ports below the range for outgoing connections, so that none of those takes one while we start. */
const lowest = 20_000;
const highest = 32_000;

/** Ports that were given out and not released, so that no second server of this process gets them. */
const givenOut = new Set<number>();
/** Locks on usual ports, which all our processes try first; a lock tells the others that it is taken. */
const claims = new Map<number, HeldLock>();

/**
 * Turns a port setting into a port of 127.0.0.1 that is free now; call `releasePorts` when its server listens. Another
 * program may still take it before: start such servers with `retryOnTakenPort`.
 *
 * @param usual the port that `auto` prefers when it is free
 * @throws BeatreelFailure `ProviderUnavailable` when the wanted port is taken, or none is free
 */
export async function choosePort(setting: PortSetting = 'auto', usual?: number): Promise<number> {
  if (setting !== 'auto') return requireFree(setting);
  if (usual !== undefined && (await claimUsual(usual))) return usual;
  for (let tries = 0; tries < 1000; tries += 1) {
    const port = randomInt(lowest, highest);
    if (!givenOut.has(port) && (await isFree(port))) {
      givenOut.add(port);
      return port;
    }
  }
  const message = `No free port was found on 127.0.0.1 between ${lowest} and ${highest}.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, message);
}

/** Releases ports once their server listens or has failed to; from then on a check of the port itself tells. */
export async function releasePorts(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    givenOut.delete(port);
    await claims.get(port)?.release();
    claims.delete(port);
  }
}

/** Requires a free port, because another program's server on it would answer unnoticed in place of ours. */
async function requireFree(port: number): Promise<number> {
  if (await isFree(port)) return port;
  const message = `Port ${port} of 127.0.0.1 is taken. Stop what listens there, or set the port to "auto".`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, message);
}

async function claimUsual(port: number): Promise<boolean> {
  if (givenOut.has(port)) return false;
  givenOut.add(port);
  const claim = await holdLock(`/usual-port/${port}`);
  if (claim !== undefined) claims.set(port, claim);
  if (claim !== undefined && (await isFree(port))) return true;
  await releasePorts([port]);
  return false;
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
