import { isIP } from 'node:net';

import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/** The address on which one of our servers listens. */
export interface ListenAddress {
  /** An IP address. */
  readonly ip: string;
  /** 1 to 65535. */
  readonly port: number;
}

/**
 * Reads an address from a variable: `9464` listens on loopback alone, `0.0.0.0:9464` or `[::]:9464` for other machines
 * too.
 *
 * @returns undefined where the variable is not set; then nothing listens
 * @throws BeatreelFailure InvalidRequest naming the variable and the rule
 */
export function readListenAddress(env: Environment, name: string): ListenAddress | undefined {
  const text = readVariable(env, name);
  if (text === undefined) return undefined;
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const ip = bracketed ?? plain ?? '127.0.0.1';
  const port = Number(digits);
  if (isIP(ip) !== 0 && port >= 1 && port <= 65_535) return { ip, port };
  const rule = 'a port from 1 to 65535, or an IP address and a port, such as 0.0.0.0:9464';
  throw new BeatreelFailure(failureTypes.invalidRequest, `${name} is "${text}": ${rule}.`);
}

/** Formats an address as URLs and settings write it. */
export function showAddress({ ip, port }: ListenAddress): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
