import type { Pace } from '../../domain/schemas/pace-schema.ts';
import { clampWaitMs } from '../../domain/outside-numbers.ts';
import type { Moment } from './store-clock.ts';

/** The answer to an order. */
export type OrderAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  /** No order was sent: the turn goes to the next at once. */
  | { readonly kind: 'unused' }
  /** Refused for another reason, or nobody knows. */
  | { readonly kind: 'other' };

/** While the account is open, what an order says about it is written down this rarely. */
const noteEveryMs = 5 * 60_000;
/** Orders that follow each other this closely are as good as unlimited. */
const openBelowMs = 250;
/** Each step towards opening tries orders this many times as often. */
const step = 4;
/** A step is believed after so many orders. */
const probeOrders = 2;
/** After a 429 in the middle of many orders: a short burst, most likely. */
const burstOrders = 4;
/** After a 429 to an order that went out alone: one wasted order in twenty, at most. */
const certainOrders = 20;
/** More would save next to nothing, and keep an account slow long after its limit was raised. */
const mostOrders = 160;
/** A 429 this soon after opening says that it was wrong to open. */
const soonMs = 60_000;
/** "Again at once" is not what a host means that has just refused. */
const shortestMs = 500;

/**
 * What an answer changes for everybody.
 *
 * @param holder whoever ordered; once an account was throttled only the holder of the turn moves the pace on, all others
 *   can only slow it
 * @returns undefined when nothing needs to be written
 */
export function noteAnswer(
  pace: Pace,
  now: Moment,
  { holder, answer }: { readonly holder: string; readonly answer: OrderAnswer },
): Pace | undefined {
  const isMine = pace.turn?.holder === holder;
  switch (answer.kind) {
    case 'accepted':
      if (pace.state === 'open') return noteUse(pace, now);
      if (isMine) return stepOn(endTurn(pace), now);
      // An answer that took longer than a turn; where nothing was throttled it says as much.
      return pace.periodMs === 0 ? stepOn(pace, now) : undefined;
    case 'throttled': {
      const retryAfterMs = Math.max(shortestMs, clampWaitMs(answer.retryAfterMs, shortestMs));
      if (pace.state === 'open') return throttleOpen(pace, now, retryAfterMs);
      return isMine
        ? throttleTurn(endTurn(pace), now, retryAfterMs)
        : throttleStraggler(pace, now, retryAfterMs);
    }
    case 'unused':
      return isMine ? endTurn(pace) : undefined;
    case 'other':
      return isMine ? spaceOut(endTurn(pace), now) : undefined;
  }
}

function noteUse(pace: Pace, { earliestMs }: Moment): Pace | undefined {
  const isRecent = earliestMs - (pace.acceptedAt ?? 0) < noteEveryMs;
  return isRecent ? undefined : { ...pace, acceptedAt: earliestMs };
}

/** One order more was taken; after enough of them the next ones are tried sooner, and in the end nobody waits. */
function stepOn(pace: Pace, now: Moment): Pace {
  const taken = { ...pace, acceptedAt: now.earliestMs, left: Math.max(0, pace.left - 1) };
  if (taken.left > 0) return spaceOut(taken, now);
  const periodMs = Math.floor(pace.periodMs / step);
  if (periodMs < openBelowMs)
    return { ...taken, state: 'open', notBefore: now.earliestMs, openedAt: now.earliestMs };
  return { ...taken, periodMs, left: probeOrders, isProbing: true, notBefore: now.latestMs + periodMs };
}

/** Without a period nobody waits, least of all for what is not known of the clock. */
function spaceOut(pace: Pace, { latestMs }: Moment): Pace {
  return pace.periodMs === 0 ? pace : { ...pace, notBefore: latestMs + pace.periodMs };
}

function throttleOpen(pace: Pace, now: Moment, retryAfterMs: number): Pace {
  const isSoon = now.earliestMs - (pace.openedAt ?? 0) < soonMs;
  const wanted = isSoon && pace.wanted > 0 ? wantMore(pace.wanted) : burstOrders;
  return coolDown({ ...pace, state: 'careful', wanted, periodMs: retryAfterMs }, now, retryAfterMs);
}

/** An order that went out alone was too early: the host has said how far apart it wants them. */
function throttleTurn(pace: Pace, now: Moment, retryAfterMs: number): Pace {
  const sinceAcceptedMs = pace.acceptedAt === undefined ? 0 : now.latestMs - pace.acceptedAt;
  // A clock that was set back must not teach us a period without an end.
  const periodMs = clampWaitMs(Math.max(0, sinceAcceptedMs) + retryAfterMs);
  const wanted = pace.isProbing ? wantMore(pace.wanted) : Math.max(certainOrders, pace.wanted);
  return coolDown({ ...pace, wanted, periodMs }, now, retryAfterMs);
}

/** An order that was on its way when the account began to cool down: it can only make that longer. */
function throttleStraggler(pace: Pace, now: Moment, retryAfterMs: number): Pace | undefined {
  const notBefore = now.latestMs + retryAfterMs;
  // Answers of one burst say the same within a second, and a write for each of them is of no use.
  if (notBefore - pace.notBefore <= 1_000) return undefined;
  return { ...pace, notBefore, periodMs: Math.max(pace.periodMs, retryAfterMs), throttledAt: now.earliestMs };
}

function coolDown(pace: Pace, now: Moment, retryAfterMs: number): Pace {
  const notBefore = Math.max(pace.notBefore, now.latestMs + retryAfterMs);
  return { ...pace, left: pace.wanted, isProbing: false, notBefore, throttledAt: now.earliestMs };
}

function wantMore(wanted: number): number {
  return Math.min(mostOrders, Math.max(certainOrders, wanted * step));
}

function endTurn(pace: Pace): Pace {
  const free = { ...pace };
  delete free.turn;
  return free;
}
