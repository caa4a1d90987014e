import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

import type { ActivityProxies } from '../activities.ts';
import type { PermitChange, PermitRequest } from '../../domain/permits.ts';
import { hostAccountId, permitGraceSeconds } from '../../domain/permits.ts';
import { queuePrefix } from '../../domain/queue-prefix.ts';
import { isTexts } from '../guards.ts';
import { changePermitsSignal, permitsGrantedSignal } from './account-messages.ts';

/** A permit that a unit of this video requests or holds. */
export interface WantedPermit {
  readonly host: string;
  readonly request: PermitRequest;
}

interface KnownPermit extends WantedPermit {
  isGranted: boolean;
}

/** First pause between reminders. A terminated account loses its queue, so videos repeat requests, ever less often. */
const firstReminderMs = 60_000;
/** Longest pause while nothing is held. A throttling host can make a video wait for weeks; a reminder is an event. */
const longestWaitMs = 60 * 60_000;
/**
 * Longest pause while a permit is held. Less than the grace of a permit, so that it lasts as long as this video needs
 * it: not every host ends a prediction after a time.
 */
const longestHoldMs = (permitGraceSeconds * 1000) / 2;

/** The permits that this video requests and holds. Without limits, nothing here adds events to its history. */
export class VideoPermits {
  readonly #activities: Pick<ActivityProxies, 'openHostAccount'>;
  readonly #permits = new Map<string, KnownPermit>();
  /** Unsent changes by host. A host has an entry while a signal to its account is in flight. */
  readonly #outboxes = new Map<string, PermitChange[]>();
  #isReminding = false;

  constructor(activities: Pick<ActivityProxies, 'openHostAccount'>) {
    this.#activities = activities;
    setHandler(permitsGrantedSignal, (permitIds: unknown) => {
      if (!isTexts(permitIds)) {
        log.warn('Signal ignored that names no permits', { signal: permitsGrantedSignal.name });
        return;
      }
      for (const permit of permitIds.map((id) => this.#permits.get(id))) if (permit) permit.isGranted = true;
    });
  }

  /** Whether no signal is in flight and no request waits. */
  get isSettled(): boolean {
    return this.#outboxes.size === 0 && [...this.#permits.values()].every(({ isGranted }) => isGranted);
  }

  /** Continues with a permit of an earlier run. @returns a function that gives it back */
  hold(wanted: WantedPermit): () => void {
    const permit = { ...wanted, isGranted: true };
    this.#permits.set(wanted.request.permitId, permit);
    this.#tell(wanted.host, { change: 'request', request: { ...wanted.request, isHeld: true } });
    void this.#remind();
    return () => {
      this.#giveBack(permit);
    };
  }

  /**
   * Waits for a permit; a cancellation withdraws the request.
   *
   * @returns a function that gives it back, unless the unit has made a later request, which has the same id
   */
  async acquire(wanted: WantedPermit): Promise<() => void> {
    const permit = { ...wanted, isGranted: false };
    const { permitId } = wanted.request;
    this.#permits.set(permitId, permit);
    this.#tell(wanted.host, { change: 'request', request: wanted.request });
    void this.#remind();
    try {
      await condition(() => permit.isGranted);
    } catch (error) {
      this.#giveBack(permit);
      throw error;
    }
    return () => {
      this.#giveBack(permit);
    };
  }

  /** Does nothing for a permit that was given back before. */
  #giveBack(permit: KnownPermit): void {
    const { permitId } = permit.request;
    if (this.#permits.get(permitId) !== permit) return;
    this.#permits.delete(permitId);
    this.#tell(permit.host, { change: 'release', permitId });
  }

  /** Gives everything back. @returns when the accounts have received it */
  async close(): Promise<void> {
    for (const permit of [...this.#permits.values()]) this.#giveBack(permit);
    if (this.#outboxes.size > 0) await condition(() => this.#outboxes.size === 0);
  }

  #tell(host: string, change: PermitChange): void {
    const outbox = this.#outboxes.get(host);
    if (outbox) {
      outbox.push(change);
      return;
    }
    this.#outboxes.set(host, [change]);
    // A cancelled video still returns its permits.
    void CancellationScope.nonCancellable(() => this.#send(host));
  }

  /** Sends one signal at a time with all pending changes: signals can overtake each other, and each is an event. */
  async #send(host: string): Promise<void> {
    const outbox = this.#outboxes.get(host) ?? [];
    while (outbox.length > 0) {
      await afterEverythingElse();
      const changes = outbox.splice(0);
      try {
        await accountOf(host).signal(changePermitsSignal, changes);
      } catch (error) {
        if (isCancellation(error)) throw error;
        await this.#reopen(host);
        const known = this.#declare(host);
        // Send releases as well: another video may have reopened the account and declared its state.
        const releases = [...changes, ...outbox].filter(({ change }) => change === 'release');
        outbox.splice(0, outbox.length, ...releases, ...known);
      }
    }
    this.#outboxes.delete(host);
  }

  /** Opens a missing account again. The new one knows nothing, so the caller declares all permits of this video. */
  async #reopen(host: string): Promise<void> {
    try {
      await this.#activities.openHostAccount({ host }, { summary: `open the account of ${host}` });
    } catch (error) {
      if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
      log.warn('The account of a host cannot be opened; it is tried again', { host, reason: error.message });
    }
  }

  #holdsAny(): boolean {
    return [...this.#permits.values()].some(({ isGranted }) => isGranted);
  }

  #declare(host: string): PermitChange[] {
    return [...this.#permits.values()]
      .filter((permit) => permit.host === host)
      .map(({ request, isGranted }) => ({
        change: 'request',
        request: isGranted ? { ...request, isHeld: true } : request,
      }));
  }

  async #remind(): Promise<void> {
    if (this.#isReminding) return;
    this.#isReminding = true;
    try {
      const longest = () => (this.#holdsAny() ? longestHoldMs : longestWaitMs);
      for (let pauseMs = firstReminderMs; ; pauseMs = Math.min(longest(), pauseMs * 2)) {
        await condition(() => pauseMs > longestHoldMs && this.#holdsAny(), pauseMs);
        if (this.#permits.size === 0) break;
        for (const host of new Set([...this.#permits.values()].map((permit) => permit.host))) {
          for (const change of this.#declare(host)) this.#tell(host, change);
        }
      }
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      this.#isReminding = false;
    }
  }
}

function accountOf(host: string) {
  const prefix = queuePrefix(workflowInfo().taskQueue);
  return getExternalWorkflowHandle(hostAccountId(prefix, host));
}

/** Settles when nothing else can proceed in this activation, so that simultaneous changes share one signal. */
async function afterEverythingElse(): Promise<void> {
  let looks = 0;
  await condition(() => {
    looks += 1;
    return looks > 1;
  });
}
