import type { OutputTransfers, Transfer } from '../storage/transfer.ts';
import { registeredHosts } from '../activities/providers/registry.ts';
import { type AddressPolicy, allowListPolicy, parseAllowList } from '../storage/output-address.ts';

/** Each host is read from where it serves, and from nowhere else. @param outputHosts replaces that for all of them */
export function createOutputTransfers(
  readUnder: (policy: AddressPolicy) => Transfer,
  outputHosts: string | undefined,
): OutputTransfers {
  const transfers = new Map(
    registeredHosts.map((host) => [
      host.name,
      readUnder(allowListPolicy(parseAllowList(outputHosts ?? host.outputHosts))),
    ]),
  );
  // Of a host that is not known there is no prediction whose output could be asked for.
  const none = readUnder(allowListPolicy([]));
  return { of: (host) => transfers.get(host) ?? none };
}
