import { failureTypes } from '../../domain/failure-types.ts';
import type { Prediction } from '../../domain/prediction.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { ModelHost, PredictionStatus } from './model-host.ts';

/** The hosts a worker can talk to, by name. */
export interface Hosts {
  /** @throws BeatreelFailure InvalidRequest when the worker has no such host, or no key for it */
  get(name: string): ModelHost;
  /** One sentence; undefined when `get` has the host. */
  whyMissing(name: string): string | undefined;
}

/** @param missing by name, a sentence on each known host that lacks a setting */
export function createHosts(
  hosts: readonly ModelHost[],
  missing: Readonly<Record<string, string>> = {},
): Hosts {
  const find = (name: string) => hosts.find((host) => host.name === name);
  const explain = (name: string) =>
    missing[name] ??
    `models.yaml names the host "${name}"; this worker knows ${hosts.map((host) => host.name).join(', ')}.`;
  return {
    whyMissing: (name) => (find(name) ? undefined : explain(name)),
    get: (name) => {
      const found = find(name);
      if (found) return found;
      throw new BeatreelFailure(failureTypes.invalidRequest, explain(name));
    },
  };
}

/** Looks at a prediction. Async, so a missing key rejects and is retried, and no paid prediction is given up. */
export async function lookAt(hosts: Hosts, { host, id }: Prediction): Promise<PredictionStatus | undefined> {
  return await hosts.get(host).getPrediction(id);
}
