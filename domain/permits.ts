/** The operator's limits by host. A host without an entry has no limits. */
export type HostLimits = Readonly<Record<string, AccountLimits>>;

/** The kinds of limits of an account: live predictions at its host. */
export type PermitKind = 'stills' | 'chunks';

/** The most live predictions of a host account, over all videos and workers. Absent: no limit. */
export type AccountLimits = Readonly<Partial<Record<PermitKind, number>>>;

/**
 * Seconds between the deadline sent to the host and the expiry of an unreturned permit: room for clocks, queues and a
 * late answer. A running video asks for more time before then.
 */
export const permitGraceSeconds = 20 * 60;

/** A request for one prediction at the host. */
export interface PermitRequest {
  /** The video and its unit: a repeated request is the same request. */
  readonly permitId: string;
  readonly videoId: string;
  readonly kind: PermitKind;
  /** Tenants take turns. */
  readonly tenant: string;
  /** Seconds from the grant to the expiry of an unreturned permit. */
  readonly expiresAfterSeconds: number;
  /** The video already holds it from an earlier run of the account: it counts as live, whatever the limits. */
  readonly isHeld?: boolean;
}

/** A video's message to the account; messages keep their order. */
export type PermitChange =
  | { readonly change: 'request'; readonly request: PermitRequest }
  | { readonly change: 'release'; readonly permitId: string };

/** A held permit. Times are ISO 8601. */
export interface LivePermit {
  readonly permitId: string;
  readonly videoId: string;
  readonly kind: PermitKind;
  readonly tenant: string;
  readonly grantedAt: string;
  readonly expiresAt: string;
}

/** The state of an account. */
export interface AccountReport {
  readonly host: string;
  readonly limits: AccountLimits;
  /** In the order of their grants. */
  readonly live: readonly LivePermit[];
  /** Number of waiting requests by kind and tenant, the next turn first. */
  readonly waiting: readonly {
    readonly kind: PermitKind;
    readonly tenant: string;
    readonly count: number;
  }[];
}

/** The type name of the account's workflow. */
export const hostAccountType = 'hostAccount';

/** The signal with which workers set an account's limits. */
export const setLimitsSignalName = 'setLimits';

/** Whether an id may be that of a host account, and so is not a video's. @param prefix of the fleet's queues */
export function isAccountId(prefix: string, workflowId: string): boolean {
  return workflowId.startsWith(hostAccountId(prefix, ''));
}

/** The id of the workflow that grants the permits of a host account. @param prefix of the fleet's queues */
export function hostAccountId(prefix: string, host: string): string {
  return `${prefix}-account-${host}`;
}
