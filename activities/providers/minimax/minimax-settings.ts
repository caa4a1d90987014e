import type { HostAddress } from '../host-http.ts';
import { type Environment, readVariable } from '../../runtime/read-variable.ts';

/** MiniMax's address: an origin, without `/v1`. */
export type MiniMaxSettings = HostAddress;

/** MiniMax's address outside mainland China. Source: platform.minimax.io, read 2026-11-22. */
const globalBaseUrl = 'https://api.minimax.io';

/** The message where a key is needed and none is set. */
export const missingKey =
  'MINIMAX_API_KEY is not set. It is needed to order predictions at MiniMax and to look at them; ' +
  'without a key, choose models of another host.';

/** Reads `MINIMAX_BASE_URL` and `MINIMAX_API_KEY`. @returns undefined when the key is missing */
export function readMiniMaxSettings(env: Environment): MiniMaxSettings | undefined {
  const baseUrl = (readVariable(env, 'MINIMAX_BASE_URL') ?? globalBaseUrl).replace(/\/+(v1\/*)?$/, '');
  const token = readVariable(env, 'MINIMAX_API_KEY');
  return token === undefined && baseUrl === globalBaseUrl ? undefined : { baseUrl, token };
}
