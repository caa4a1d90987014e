import { createHash } from 'node:crypto';

import type { HostAddress } from './host-http.ts';

/**
 * Tells the accounts of a host apart and opens none. A key belongs to one account; two keys of one account are
 * throttled apart, and then together by the host.
 */
export function nameAccount(host: string, { baseUrl, token = '' }: HostAddress): string {
  const digest = createHash('sha256').update(`${baseUrl}\n${token}`).digest('hex');
  return `${host}-${digest.slice(0, 12)}`;
}
