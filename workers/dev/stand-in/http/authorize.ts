import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../sha256.ts';
import { ApiProblem } from './api-problem.ts';
import type { Exchange } from './exchange.ts';

/**
 * A check that the API's requests carry the token; delivery and control addresses need none.
 *
 * @returns a function that throws ApiProblem 401
 */
export function authorize(token: string | undefined): (exchange: Exchange) => void {
  return ({ url, request }) => {
    if (token === undefined || !url.pathname.startsWith('/v1/')) return;
    const expected = Buffer.from(sha256(`Bearer ${token}`));
    if (timingSafeEqual(expected, Buffer.from(sha256(request.headers.authorization ?? '')))) return;
    throw new ApiProblem(401, 'Unauthenticated', { detail: 'You did not pass a valid authentication token' });
  };
}
