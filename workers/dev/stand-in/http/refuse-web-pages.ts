import { ApiProblem } from './api-problem.ts';
import type { Exchange } from './exchange.ts';
import { isLoopback } from './is-loopback.ts';

/**
 * Refuses requests of web pages in a browser on this machine: a page whose name resolves to 127.0.0.1 has its own
 * name in `Host`, and a page from elsewhere has its address in `Origin`.
 *
 * @throws ApiProblem 403
 */
export function refuseWebPages({ request }: Exchange): void {
  const { host, origin } = request.headers;
  if (!namesThisMachine(`http://${host ?? ''}`)) throw refusal('Host', host);
  if (origin !== undefined && origin !== `http://${host ?? ''}`) throw refusal('Origin', origin);
}

function namesThisMachine(address: string): boolean {
  return URL.canParse(address) && isLoopback(new URL(address));
}

function refusal(header: string, value: string | undefined): ApiProblem {
  const detail = `${header} is ${JSON.stringify(value ?? '')}; the stand-in answers programs on its own machine only.`;
  return new ApiProblem(403, 'Forbidden', { detail });
}
