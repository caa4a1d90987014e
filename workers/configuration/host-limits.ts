import { z } from 'zod';
import type { HostDelays } from '../../activities/providers/model-host.ts';
import type { HostLimits } from '../../domain/permits.ts';
import { registeredHosts } from '../../activities/providers/registry.ts';

const atOnce = z.int().min(1).max(10_000).optional();

const seconds = z.number().min(0).max(604_800).optional();

const hostSchema = z
  .strictObject({
    /** The most predictions of the account at once, over all videos and workers. Default: no limit. */
    concurrentStills: atOnce,
    concurrentChunks: atOnce,
    /** How long the host keeps outputs, in seconds. Default: the host's documented time. */
    outputRetentionSeconds: seconds,
    /** How long an order may be missing from the host's list. Default: 120 where the host does not say. */
    listLagSeconds: seconds,
    /** How long after a lost answer the host may still take the order. Default: 120 where the host does not say. */
    lateOrderSeconds: seconds,
  })
  .nullish();

/** The limits of host accounts, by the hosts that a worker knows. Without this section there are no limits. */
export const hostsSchema = z
  .strictObject(Object.fromEntries(registeredHosts.map(({ name }) => [name, hostSchema])))
  .nullish();

/** Reads the delays of each host that the operator overrides. */
export function readHostDelays(hosts: z.output<typeof hostsSchema>): Readonly<Record<string, HostDelays>> {
  return Object.fromEntries(
    Object.entries(hosts ?? {}).map(([host, settings]) => [
      host,
      {
        outputRetentionMs: toMs(settings?.outputRetentionSeconds),
        listSettlingMs: toMs(settings?.listLagSeconds),
        lateArrivalMs: toMs(settings?.lateOrderSeconds),
      },
    ]),
  );
}

function toMs(duration: number | undefined): number | undefined {
  return duration === undefined ? undefined : duration * 1000;
}

/** Reads the operator's limits, in the words of permits. */
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
