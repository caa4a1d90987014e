import { request } from 'undici';

import { openDispatcher } from '../../storage/proxy.ts';
import { userAgent } from '../../storage/user-agent.ts';

/**
 * Opens an address as workers do, through the proxy where there is one.
 *
 * @returns the status of its answer
 */
export async function askStatus(address: string, timeoutMs: number): Promise<number> {
  const dispatcher = openDispatcher({});
  try {
    const { statusCode, body } = await request(address, {
      dispatcher,
      headers: { 'user-agent': userAgent },
      signal: AbortSignal.timeout(timeoutMs),
    });
    await body.dump();
    return statusCode;
  } finally {
    await dispatcher.destroy();
  }
}
