import type { HostSetup, OpenHost } from '../activities/providers/host-registration.ts';
import { type Hosts, createHosts } from '../activities/providers/hosts.ts';
import { shareList } from '../activities/providers/shared-list.ts';
import type { HostDelays } from '../activities/providers/model-host.ts';

/** The hosts of a worker, with their connections. */
export interface OpenHosts {
  readonly hosts: Hosts;
  readonly close: () => Promise<void>;
}

/** Opens every host that has its settings, and keeps the missing setting of the others. @param delays by host */
export function openHosts(
  setups: Readonly<Record<string, HostSetup>>,
  delays: Readonly<Record<string, HostDelays>> = {},
): OpenHosts {
  const open: OpenHost[] = [];
  const missing: Record<string, string> = {};
  for (const [name, setup] of Object.entries(setups)) {
    if ('missing' in setup) missing[name] = setup.missing;
    else open.push(shareList(withDelays(setup.open(), delays[name])));
  }
  return {
    hosts: createHosts(open, missing),
    close: async () => {
      await Promise.all(open.map((host) => host.close()));
    },
  };
}

function withDelays(
  host: OpenHost,
  { outputRetentionMs, listSettlingMs, lateArrivalMs }: HostDelays = {},
): OpenHost {
  return {
    ...host,
    outputRetentionMs: outputRetentionMs ?? host.outputRetentionMs,
    listSettlingMs: listSettlingMs ?? host.listSettlingMs,
    lateArrivalMs: lateArrivalMs ?? host.lateArrivalMs,
  };
}
