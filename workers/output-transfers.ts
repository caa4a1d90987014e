import type { OutputTransfers, Transfer } from '../storage/transfer.ts';
import type { HostRegistration } from '../activities/providers/host-registration.ts';
import { registeredHosts } from '../activities/providers/registry.ts';
import { type AddressPolicy, allowListPolicy, parseAllowList } from '../storage/output-address.ts';

/**
 * Creates a transfer for each host that reads only from the servers of that host's outputs.
 *
 * @param outputHosts replaces these servers for all hosts; after a plus sign, it is added to those of each
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
  // Unknown host: allow nothing.
  const none = readUnder(allowListPolicy([]));
  return { of: (host) => transfers.get(host) ?? none };
}

/** An allow-list, see `parseAllowList`. */
export function outputHostsOf(host: Pick<HostRegistration, 'outputHosts'>, told: string | undefined): string {
  if (told?.startsWith('+') !== true) return told ?? host.outputHosts;
  return `${host.outputHosts} ${told.replaceAll('+', ' ')}`;
}
