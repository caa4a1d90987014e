import type { Pace } from '../../domain/schemas/pace-schema.ts';
import { freshPace } from './fresh-pace.ts';
import type { Moment } from './store-clock.ts';

export type TurnAnswer =
  /** The order may go out; no turn is needed. */
  | { readonly kind: 'pass' }
  /** The turn is the caller's once this pace is written; others wait until the caller notes the answer. */
  | { readonly kind: 'turn'; readonly pace: Pace }
  | { readonly kind: 'wait'; readonly waitMs: number; readonly why: 'cooling' | 'turn' };

/**
 * A turn ends after this long without an answer: a POST is answered within seconds, and a killed worker never answers.
 * Where the answer is the outcome and takes minutes, the next order of a throttled account goes out before it.
 */
const turnMs = 15_000;
/** An account idle for this long starts afresh: its credit may have run low, or been topped up, since. */
const idleMs = 30 * 60_000;
/** The wait for another's turn, where nothing says how long it takes: one POST and two small writes. */
const turnPauseMs = 100;

/** Whether an order may go out now. An account that was idle for long starts afresh. */
export function askForTurn(pace: Pace, now: Moment, holder: string): TurnAnswer {
  if (isIdle(pace, now)) return { kind: 'turn', pace: withTurn(freshPace, now, holder) };
  if (pace.state === 'open') return { kind: 'pass' };
  const coolingMs = pace.notBefore - now.earliestMs;
  if (coolingMs > 0) return { kind: 'wait', waitMs: coolingMs, why: 'cooling' };
  // The order of a silent holder counts for the period, for it may have been taken.
  const turnEnd = pace.turn && pace.turn.since + Math.max(turnMs, pace.periodMs);
  if (turnEnd === undefined || turnEnd <= now.earliestMs)
    return { kind: 'turn', pace: withTurn(pace, now, holder) };
  const usualMs = Math.max(turnPauseMs, pace.periodMs);
  return { kind: 'wait', waitMs: Math.min(usualMs, turnEnd - now.earliestMs), why: 'turn' };
}

function withTurn(pace: Pace, now: Moment, holder: string): Pace {
  return { ...pace, turn: { holder, since: now.latestMs } };
}

function isIdle({ notBefore, acceptedAt = 0, turn }: Pace, { earliestMs }: Moment): boolean {
  return earliestMs - Math.max(notBefore, acceptedAt, turn?.since ?? 0) > idleMs;
}
