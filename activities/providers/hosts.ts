import { failureTypes } from '../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../runtime/failures.ts';
import type { ModelHost } from './model-host.ts';

/** The hosts a worker can talk to, by name. */
export interface Hosts {
  /** @throws BeatreelFailure InvalidRequest when the worker has no such host */
  get(name: string): ModelHost;
}

export function createHosts(hosts: readonly ModelHost[]): Hosts {
  return {
    get: (name) => {
      const found = hosts.find((host) => host.name === name);
      if (found) return found;
      throw new BeatreelFailure(
        failureTypes.invalidRequest,
        `models.yaml names the host "${name}"; this worker knows ${hosts.map((host) => host.name).join(', ')}.`,
      );
    },
  };
}
