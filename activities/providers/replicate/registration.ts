import type { HostRegistration } from '../host-registration.ts';
import { createReplicateHost } from './replicate-host.ts';
import { missingToken, readReplicateSettings } from './replicate-settings.ts';

/** Replicate. Source of its output hosts: its OpenAPI file, read 2026-11-22. */
export const replicateRegistration: HostRegistration = {
  name: 'replicate',
  title: 'Replicate',
  outputHosts: 'replicate.delivery *.replicate.delivery',
  setUp: (env) => {
    const settings = readReplicateSettings(env);
    return settings ? { open: () => createReplicateHost(settings) } : { missing: missingToken };
  },
};
