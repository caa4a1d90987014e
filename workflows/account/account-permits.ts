import type {
  AccountLimits,
  AccountReport,
  LivePermit,
  PermitChange,
  PermitKind,
  PermitRequest,
} from '../../domain/permits.ts';

/** All permits of an account. JSON, so that another run can continue with them. */
export interface PermitState {
  readonly limits: AccountLimits;
  readonly live: readonly LivePermit[];
  /** In the order of their arrival. */
  readonly waiting: readonly PermitRequest[];
  /** Waiting tenants by kind, the next turn first. */
  readonly turns: Readonly<Record<PermitKind, readonly string[]>>;
  /** Ids of live permits to announce again: their video repeated its request, and may have missed the grant. */
  readonly unheard: readonly string[];
}

/** The state of a new account. */
export function noPermits(limits: AccountLimits = {}): PermitState {
  return { limits, live: [], waiting: [], turns: { stills: [], chunks: [] }, unheard: [] };
}

const kinds = ['stills', 'chunks'] as const;

/**
 * Grants the permits of one account. Waiting tenants take turns, first come first served within each. Pure: it reads no
 * clock and sends nothing. Times are milliseconds since 1970.
 */
export class AccountPermits {
  #limits: AccountLimits;
  readonly #live: Map<string, LivePermit>;
  readonly #waiting: Map<string, PermitRequest>;
  readonly #turns: Record<PermitKind, string[]>;
  readonly #toRepeat: Set<string>;

  constructor({ limits, live, waiting, turns, unheard }: PermitState) {
    this.#toRepeat = new Set(unheard);
    this.#limits = limits;
    this.#live = new Map(live.map((permit) => [permit.permitId, permit]));
    this.#waiting = new Map(waiting.map((request) => [request.permitId, request]));
    this.#turns = { stills: [...turns.stills], chunks: [...turns.chunks] };
  }

  get limits(): AccountLimits {
    return this.#limits;
  }

  setLimits(limits: AccountLimits): void {
    this.#limits = limits;
  }

  /** Safe to repeat: permits are identified by their ids. */
  change(changes: readonly PermitChange[], nowMs: number): void {
    for (const change of changes) {
      if (change.change === 'release') this.#forget(change.permitId);
      else this.#request(change.request, nowMs);
    }
  }

  /** Whether `grant` would return anything. */
  get hasGrants(): boolean {
    return (
      this.#toRepeat.size > 0 || kinds.some((kind) => this.#hasRoom(kind) && this.#turns[kind].length > 0)
    );
  }

  /** @returns permits to announce to their videos: new ones, and live ones that were requested again */
  grant(nowMs: number): LivePermit[] {
    const told = [...this.#toRepeat].flatMap((permitId) => this.#live.get(permitId) ?? []);
    this.#toRepeat.clear();
    for (const kind of kinds) {
      while (this.#hasRoom(kind)) {
        const request = this.#next(kind);
        if (!request) break;
        told.push(this.#setLive(request, nowMs));
      }
    }
    return told;
  }

  /** Takes back grants whose video has ended, and drops its waiting requests. */
  returnGrants(granted: readonly LivePermit[]): void {
    for (const { permitId, videoId, grantedAt } of granted) {
      // A later execution of the video may have requested it since.
      if (this.#live.get(permitId)?.grantedAt === grantedAt) this.#forget(permitId);
      for (const request of this.#waiting.values())
        if (request.videoId === videoId) this.#forget(request.permitId);
    }
  }

  /** Ends permits that were not returned in time. @returns them */
  expire(nowMs: number): LivePermit[] {
    const over = [...this.#live.values()].filter(({ expiresAt }) => Date.parse(expiresAt) <= nowMs);
    for (const { permitId } of over) this.#forget(permitId);
    return over;
  }

  /** The next expiry of a live permit; undefined when none is live. */
  get nextExpiryMs(): number | undefined {
    const ends = [...this.#live.values()].map(({ expiresAt }) => Date.parse(expiresAt));
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  get state(): PermitState {
    const { stills, chunks } = this.#turns;
    return {
      limits: this.#limits,
      live: [...this.#live.values()],
      waiting: [...this.#waiting.values()],
      turns: { stills: [...stills], chunks: [...chunks] },
      unheard: [...this.#toRepeat],
    };
  }

  report(host: string): AccountReport {
    const requests = [...this.#waiting.values()];
    const waiting = kinds.flatMap((kind) =>
      this.#turns[kind].map((tenant) => ({
        kind,
        tenant,
        count: requests.filter(isOf(kind, tenant)).length,
      })),
    );
    return { host, limits: this.#limits, live: [...this.#live.values()], waiting };
  }

  #request(request: PermitRequest, nowMs: number): void {
    const { permitId, kind, tenant, isHeld = false } = request;
    if (isHeld || this.#live.has(permitId)) {
      this.#forgetWaiting(permitId);
      this.#setLive(request, nowMs);
      if (!isHeld) this.#toRepeat.add(permitId);
      return;
    }
    if (this.#waiting.has(permitId)) return;
    this.#waiting.set(permitId, request);
    if (!this.#turns[kind].includes(tenant)) this.#turns[kind].push(tenant);
  }

  #hasRoom(kind: PermitKind): boolean {
    const limit = this.#limits[kind] ?? Number.POSITIVE_INFINITY;
    let live = 0;
    for (const permit of this.#live.values()) if (permit.kind === kind) live += 1;
    return live < limit;
  }

  /** Takes the first request of the next tenant, and moves the tenant to the end of the line. */
  #next(kind: PermitKind): PermitRequest | undefined {
    const tenant = this.#turns[kind].shift();
    if (tenant === undefined) return undefined;
    const request = [...this.#waiting.values()].find(isOf(kind, tenant));
    if (!request) return undefined;
    this.#waiting.delete(request.permitId);
    if ([...this.#waiting.values()].some(isOf(kind, tenant))) this.#turns[kind].push(tenant);
    return request;
  }

  #setLive(
    { permitId, videoId, kind, tenant, expiresAfterSeconds }: PermitRequest,
    nowMs: number,
  ): LivePermit {
    const permit: LivePermit = {
      ...{ permitId, videoId, kind, tenant },
      grantedAt: this.#live.get(permitId)?.grantedAt ?? new Date(nowMs).toISOString(),
      expiresAt: new Date(nowMs + expiresAfterSeconds * 1000).toISOString(),
    };
    this.#live.set(permitId, permit);
    return permit;
  }

  #forget(permitId: string): void {
    this.#live.delete(permitId);
    this.#toRepeat.delete(permitId);
    this.#forgetWaiting(permitId);
  }

  #forgetWaiting(permitId: string): void {
    const request = this.#waiting.get(permitId);
    if (!request) return;
    this.#waiting.delete(permitId);
    const { kind, tenant } = request;
    if ([...this.#waiting.values()].some(isOf(kind, tenant))) return;
    this.#turns[kind] = this.#turns[kind].filter((other) => other !== tenant);
  }
}

function isOf(kind: PermitKind, tenant: string) {
  return (request: PermitRequest): boolean => request.kind === kind && request.tenant === tenant;
}
