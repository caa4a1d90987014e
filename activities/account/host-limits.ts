import type { AccountLimits } from '../../domain/permits.ts';

/** What the operator limits, by host. A host that is not named has no limits. */
export type HostLimits = Readonly<Record<string, AccountLimits>>;
