import { createHash } from 'node:crypto';

import type { HostAddress } from './host-http.ts';

/**
 * Names the account of a key without revealing the key. A key belongs to one account; two keys of one account are
 * paced apart by us and throttled together by the host.
 */
export function nameAccount(host: string, { baseUrl, token = '' }: HostAddress): string {
  const digest = createHash('sha256').update(`${baseUrl}\n${token}`).digest('hex');
  return `${host}-${digest.slice(0, 12)}`;
}
