/** What the operator limits, by host. A host that is not named has no limits. */
export type HostLimits = Readonly<Record<string, AccountLimits>>;

/** What an account can be limited in: predictions at its host at once. */
export type PermitKind = 'stills' | 'chunks';

/** How many predictions of a host account may be live at once, over all videos and workers. Absent: no limit. */
export type AccountLimits = Readonly<Partial<Record<PermitKind, number>>>;

/**
 * Between the end that a host is told and the end of a permit that nobody gives back: clocks, queues, an answer that is
 * late. A video that lives asks for more time before that is over.
 */
export const permitGraceSeconds = 20 * 60;

/** A wish to have one prediction at the host. */
export interface PermitRequest {
  /** The video and its unit: asking again is asking for the same. */
  readonly permitId: string;
  readonly videoId: string;
  readonly kind: PermitKind;
  /** Tenants take turns. */
  readonly tenant: string;
  /** A permit that nobody gives back ends by itself this long after it was granted. */
  readonly expiresAfterSeconds: number;
  /** The video has it already, from an account that did not live as long: it is live, whatever the limits. */
  readonly isHeld?: boolean;
}

/** What a video tells the account, in the order in which it came to it. */
export type PermitChange =
  | { readonly change: 'request'; readonly request: PermitRequest }
  | { readonly change: 'release'; readonly permitId: string };

/** A permit that is held. Times are ISO 8601. */
export interface LivePermit {
  readonly permitId: string;
  readonly videoId: string;
  readonly kind: PermitKind;
  readonly tenant: string;
  readonly grantedAt: string;
  readonly expiresAt: string;
}

/** How an account stands. */
export interface AccountReport {
  readonly host: string;
  readonly limits: AccountLimits;
  /** In the order in which they were granted. */
  readonly live: readonly LivePermit[];
  /** How many wait, by kind and tenant, whose turn is next first. */
  readonly waiting: readonly {
    readonly kind: PermitKind;
    readonly tenant: string;
    readonly count: number;
  }[];
}

/** The name by which the account's workflow is started. */
export const hostAccountType = 'hostAccount';

/** The signal by which workers tell an account its limits. */
export const setLimitsSignalName = 'setLimits';

/** Whether a host account of the fleet has the id, or may have it: no video does. @param prefix of the fleet's queues */
export function isAccountId(prefix: string, workflowId: string): boolean {
  return workflowId.startsWith(hostAccountId(prefix, ''));
}

/** The id of the workflow that hands out the permits of a host account. @param prefix of the fleet's queues */
export function hostAccountId(prefix: string, host: string): string {
  return `${prefix}-account-${host}`;
}
