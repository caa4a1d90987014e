import type { HostSetup, OpenHost } from '../activities/providers/host-registration.ts';
import type { Hosts } from '../activities/providers/hosts.ts';
import { createHosts } from '../activities/providers/hosts.ts';

/** The hosts of a worker, and how to let go of them. */
export interface OpenHosts {
  readonly hosts: Hosts;
  readonly close: () => Promise<void>;
}

/** Opens every host that has what it needs; of the others it is known what they lack. */
export function openHosts(setups: Readonly<Record<string, HostSetup>>): OpenHosts {
  const open: OpenHost[] = [];
  const missing: Record<string, string> = {};
  for (const [name, setup] of Object.entries(setups)) {
    if ('missing' in setup) missing[name] = setup.missing;
    else open.push(setup.open());
  }
  return {
    hosts: createHosts(open, missing),
    close: async () => {
      await Promise.all(open.map((host) => host.close()));
    },
  };
}
