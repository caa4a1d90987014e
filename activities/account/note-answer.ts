import type { Pace } from '../../domain/schemas/pace-schema.ts';
import { clampWaitMs } from '../../domain/outside-numbers.ts';
import type { Moment } from './store-clock.ts';

/** The answer to an order. */
export type OrderAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  /** No order was sent: the turn goes to the next at once. */
  | { readonly kind: 'unused' }
  /** Refused for another reason, or unknown. */
  | { readonly kind: 'other' };

/** While the account is open, orders note its state no more often than this. */
const noteEveryMs = 5 * 60_000;
/** Orders that follow each other this closely are as good as unlimited. */
const openBelowMs = 250;
/** Each step towards opening tries orders this many times as often. */
const step = 4;
/** Accepted orders that confirm a step. */
const probeOrders = 2;
/** After a 429 in the middle of many orders: a short burst, most likely. */
const burstOrders = 4;
/** After a 429 to an order that went out alone: one wasted order in twenty, at most. */
const certainOrders = 20;
/** The most accepted orders wanted. More would save next to nothing, and slow an account long after a raised limit. */
const mostOrders = 160;
/** A 429 this soon after opening says that it was wrong to open. */
const soonMs = 60_000;
/** The least delay after a refusal, even where the host asks for none. */
const shortestMs = 500;

/**
 * Applies an answer to the shared pace of an account.
 *
 * @param holder the one who ordered; once an account was throttled, only the holder of the turn moves the pace on, and
 *   all others can only slow it
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
      // The answer took longer than a turn. Without throttling it counts all the same.
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

/** Counts an accepted order; enough of them shorten the period, and in the end remove it. */
function stepOn(pace: Pace, now: Moment): Pace {
  const taken = { ...pace, acceptedAt: now.earliestMs, left: Math.max(0, pace.left - 1) };
  if (taken.left > 0) return spaceOut(taken, now);
  const periodMs = Math.floor(pace.periodMs / step);
  if (periodMs < openBelowMs)
    return { ...taken, state: 'open', notBefore: now.earliestMs, openedAt: now.earliestMs };
  return { ...taken, periodMs, left: probeOrders, isProbing: true, notBefore: now.latestMs + periodMs };
}

/** No period, no delay: the clock's uncertainty counts only with a period. */
function spaceOut(pace: Pace, { latestMs }: Moment): Pace {
  return pace.periodMs === 0 ? pace : { ...pace, notBefore: latestMs + pace.periodMs };
}

function throttleOpen(pace: Pace, now: Moment, retryAfterMs: number): Pace {
  const isSoon = now.earliestMs - (pace.openedAt ?? 0) < soonMs;
  const wanted = isSoon && pace.wanted > 0 ? wantMore(pace.wanted) : burstOrders;
  return coolDown({ ...pace, state: 'careful', wanted, periodMs: retryAfterMs }, now, retryAfterMs);
}

/** An order that went out alone was too early, so its delay tells the period that the host wants. */
function throttleTurn(pace: Pace, now: Moment, retryAfterMs: number): Pace {
  const sinceAcceptedMs = pace.acceptedAt === undefined ? 0 : now.latestMs - pace.acceptedAt;
  // A clock that was set back must not cause an endless period.
  const periodMs = clampWaitMs(Math.max(0, sinceAcceptedMs) + retryAfterMs);
  const wanted = pace.isProbing ? wantMore(pace.wanted) : Math.max(certainOrders, pace.wanted);
  return coolDown({ ...pace, wanted, periodMs }, now, retryAfterMs);
}

/** A 429 to an order sent before the account began to cool down: it can only lengthen the wait. */
function throttleStraggler(pace: Pace, now: Moment, retryAfterMs: number): Pace | undefined {
  const notBefore = now.latestMs + retryAfterMs;
  // The answers of one burst agree within a second; one write is enough.
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
