import {
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';

import type { LivePermit } from '../../domain/permits.ts';
import { continueInNewRun, watchRelease } from '../continue-in-new-run.ts';
import { isAccountLimits, isPermitChange } from '../guards.ts';
import {
  accountQuery,
  changePermitsSignal,
  permitsGrantedSignal,
  setLimitsSignal,
} from './account-messages.ts';
import type { PermitState } from './account-permits.ts';
import { noPermits, AccountPermits } from './account-permits.ts';

/** The start of an account's run. */
export interface HostAccountStart {
  readonly host: string;
  /** The permits of the run before; histories contain this field name. Default: none. */
  readonly desk?: PermitState;
  /** History events after which a new run follows. Default: 4,000, far from Temporal's limit of 50,000. */
  readonly eventsPerRun?: number;
  /** The build of the run before, where it moved for a release. */
  readonly movedFrom?: string;
}

const usualEventsPerRun = 4_000;
/** Permits that expire within the same second are ended together. */
const sweepPauseMs = 1_000;

/**
 * Grants the permits of one host account, over all videos and workers of a fleet, for as long as the fleet lives. It
 * continues as new well before its history is too long; signals that arrive meanwhile are included.
 */
export async function hostAccount(start: HostAccountStart): Promise<void> {
  const { host, eventsPerRun = usualEventsPerRun } = start;
  const permits = new AccountPermits(start.desk ?? noPermits());
  const outgoing = { signals: 0 };
  setHandler(accountQuery, () => permits.report(host), {
    description: 'Limits, live permits and waiting requests.',
  });
  const release = watchRelease(start.movedFrom);
  setHandler(setLimitsSignal, (limits: unknown) => {
    if (isAccountLimits(limits)) permits.setLimits(limits);
    else ignored(setLimitsSignal.name);
  });
  setHandler(changePermitsSignal, (changes: unknown) => {
    const sound = Array.isArray(changes) ? changes.filter(isPermitChange) : [];
    permits.change(sound, Date.now());
    if (!Array.isArray(changes) || sound.length < changes.length) ignored(changePermitsSignal.name);
  });
  void sweep(permits);
  const isLong = () =>
    workflowInfo().historyLength >= eventsPerRun ||
    workflowInfo().continueAsNewSuggested ||
    release.isOtherWanted();
  for (;;) {
    await condition(() => permits.hasGrants || isLong());
    if (isLong()) break;
    for (const granted of byVideo(permits.grant(Date.now()))) {
      outgoing.signals += 1;
      void tell(granted, permits).finally(() => (outgoing.signals -= 1));
    }
  }
  // A grant in flight may fail because its video is gone; the state for the next run must reflect that.
  await condition(() => outgoing.signals === 0);
  await continueInNewRun({
    ...start,
    desk: permits.state,
    movedFrom: release.movedFrom,
  } satisfies HostAccountStart);
}

/** Logs malformed signals: they must neither stop an account nor lift its limits. */
function ignored(signal: string): void {
  log.warn('Signal ignored that does not say what it should', { signal });
}

async function tell(granted: readonly LivePermit[], permits: AccountPermits): Promise<void> {
  const [first] = granted;
  if (!first) return;
  try {
    const permitIds = granted.map(({ permitId }) => permitId);
    await getExternalWorkflowHandle(first.videoId).signal(permitsGrantedSignal, permitIds);
  } catch (error) {
    if (isCancellation(error)) return;
    permits.returnGrants(granted);
  }
}

/** Ends permits that were not returned: a terminated video returns nothing. */
async function sweep(permits: AccountPermits): Promise<void> {
  try {
    for (;;) {
      await condition(() => permits.nextExpiryMs !== undefined);
      await sleep(Math.max(sweepPauseMs, (permits.nextExpiryMs ?? 0) - Date.now()));
      for (const { permitId, grantedAt } of permits.expire(Date.now())) {
        log.info('Permit ended that nobody gave back', { permitId, grantedAt });
      }
    }
  } catch (error) {
    // A cancellation ends the account; the next video that needs it starts it again.
    if (!isCancellation(error)) throw error;
  }
}

function byVideo(permits: readonly LivePermit[]): LivePermit[][] {
  const videos = new Map<string, LivePermit[]>();
  for (const permit of permits) videos.set(permit.videoId, [...(videos.get(permit.videoId) ?? []), permit]);
  return [...videos.values()];
}
