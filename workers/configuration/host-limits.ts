import { z } from 'zod';

import type { HostLimits } from '../../activities/account/host-limits.ts';
import { registeredHosts } from '../../activities/providers/registry.ts';

const atOnce = z.int().min(1).max(10_000).optional();

const hostSchema = z
  .strictObject({
    /** Predictions of the account at once, over all videos and workers. Default: no limit. */
    concurrentStills: atOnce,
    concurrentChunks: atOnce,
  })
  .nullish();

/** The limits of host accounts, by the hosts that a worker knows. Without the section nothing is limited. */
export const hostsSchema = z
  .strictObject(Object.fromEntries(registeredHosts.map(({ name }) => [name, hostSchema])))
  .nullish();

/** What the operator limits, in the words of permits. */
export function readHostLimits(hosts: z.output<typeof hostsSchema>): HostLimits {
  return Object.fromEntries(
    Object.entries(hosts ?? {}).map(([host, limits]) => {
      const { concurrentStills: stills, concurrentChunks: chunks } = limits ?? {};
      return [
        host,
        { ...(stills === undefined ? {} : { stills }), ...(chunks === undefined ? {} : { chunks }) },
      ];
    }),
  );
}
