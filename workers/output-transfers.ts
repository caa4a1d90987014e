import type { OutputTransfers, Transfer } from '../storage/transfer.ts';
import type { HostRegistration } from '../activities/providers/host-registration.ts';
import { registeredHosts } from '../activities/providers/registry.ts';
import { type AddressPolicy, allowListPolicy, parseAllowList } from '../storage/output-address.ts';

/**
 * Each host is read from where it serves, and from nowhere else.
 *
 * @param outputHosts replaces that for all of them; after a plus sign, it is added to that of each
 */
export function createOutputTransfers(
  readUnder: (policy: AddressPolicy) => Transfer,
  outputHosts: string | undefined,
): OutputTransfers {
  const transfers = new Map(
    registeredHosts.map((host) => [
      host.name,
      readUnder(allowListPolicy(parseAllowList(outputHostsOf(host, outputHosts)))),
    ]),
  );
  // Of a host that is not known there is no prediction whose output could be asked for.
  const none = readUnder(allowListPolicy([]));
  return { of: (host) => transfers.get(host) ?? none };
}

/** An allow-list, see `parseAllowList`. */
export function outputHostsOf(host: Pick<HostRegistration, 'outputHosts'>, told: string | undefined): string {
  if (told?.startsWith('+') !== true) return told ?? host.outputHosts;
  return `${host.outputHosts} ${told.replaceAll('+', ' ')}`;
}
