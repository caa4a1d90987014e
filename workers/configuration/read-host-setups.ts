import type { HostSetup } from '../../activities/providers/host-registration.ts';
import { registeredHosts } from '../../activities/providers/registry.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { Environment } from '../../activities/runtime/read-variable.ts';

/**
 * Reads every host's setup from the environment. A host without a key matters only once one of its models is wanted.
 *
 * @throws BeatreelFailure InvalidRequest when no host has a key
 */
export function readHostSetups(env: Environment): Readonly<Record<string, HostSetup>> {
  const setups = registeredHosts.map(({ name, setUp }) => [name, setUp(env)] as const);
  const missing = setups.flatMap(([, setup]) => ('missing' in setup ? [setup.missing] : []));
  if (missing.length < setups.length) return Object.fromEntries(setups);
  throw new BeatreelFailure(failureTypes.invalidRequest, missing.join(' '));
}
