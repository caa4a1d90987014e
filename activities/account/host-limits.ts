import type { AccountLimits } from '../../workflows/domain/permits.ts';

/** What the operator limits, by host. A host that is not named has no limits. */
export type HostLimits = Readonly<Record<string, AccountLimits>>;
