import type { HostRegistration } from './host-registration.ts';
import { minimaxRegistration } from './minimax/registration.ts';
import { replicateRegistration } from './replicate/registration.ts';

/** Every host that workers know, one line each. Start-up, checks and refusals go by this list. */
export const registeredHosts: readonly HostRegistration[] = [replicateRegistration, minimaxRegistration];
