import { askForTurn } from '../../../activities/account/ask-for-turn.ts';
import { noteAnswer } from '../../../activities/account/note-answer.ts';
import { freshPace } from '../../../activities/account/fresh-pace.ts';
import type { Pace } from '../../../domain/schemas/pace-schema.ts';

/** An account, and the orders that it gets. */
export interface Play {
  readonly orders: number;
  /** The most orders at once. */
  readonly concurrency: number;
  /** The time between two tokens of the host's bucket. */
  readonly tokenMs: number;
  readonly burst: number;
  readonly answerMs: number;
  /** Replaces the bucket: the delay with which the host refuses an order, 0-based; undefined accepts it. */
  readonly refuse?: (order: number) => number | undefined;
}

export interface Played {
  readonly accepted: number;
  /** Orders that the host refused with 429. */
  readonly wasted: number;
  readonly endMs: number;
  readonly pace: Pace;
  /** Every sent order with its result, in order. */
  readonly sent: readonly { readonly atMs: number; readonly isAccepted: boolean }[];
}

/** The start of the game: any time but 1970, which means "never" to an account. */
export const startMs = Date.parse('2026-11-24T10:00:00Z');

/** Simulates workers on an account, one event after the other, without a clock. */
export function playAccount({ orders, concurrency, tokenMs, burst, answerMs, refuse }: Play): Played {
  const agenda: { atMs: number; act: () => void }[] = [];
  const at = (atMs: number, act: () => void) => {
    agenda.push({ atMs, act });
    agenda.sort((a, b) => a.atMs - b.atMs);
  };
  let nowMs = startMs;
  const now = () => ({ earliestMs: nowMs, latestMs: nowMs });
  let pace = freshPace;
  let tokens = burst;
  let countedAtMs = nowMs;
  let waiting = orders;
  const sent: { atMs: number; isAccepted: boolean }[] = [];
  const take = (): number | undefined => {
    if (refuse) return refuse(sent.length);
    tokens = Math.min(burst, tokens + (nowMs - countedAtMs) / tokenMs);
    countedAtMs = nowMs;
    if (tokens < 1) return Math.ceil(((1 - tokens) * tokenMs) / 1000) * 1000;
    tokens -= 1;
    return undefined;
  };
  const next = () => {
    if (waiting === 0) return;
    waiting -= 1;
    attempt(`order-${waiting}`);
  };
  const attempt = (holder: string) => {
    const answer = askForTurn(pace, now(), holder);
    if (answer.kind === 'wait') {
      at(nowMs + answer.waitMs + 60, () => {
        attempt(holder);
      });
      return;
    }
    if (answer.kind === 'turn') pace = answer.pace;
    const retryAfterMs = take();
    sent.push({ atMs: nowMs, isAccepted: retryAfterMs === undefined });
    at(nowMs + answerMs, () => {
      const said =
        retryAfterMs === undefined
          ? ({ kind: 'accepted' } as const)
          : ({ kind: 'throttled', retryAfterMs } as const);
      pace = noteAnswer(pace, now(), { holder, answer: said }) ?? pace;
      if (retryAfterMs === undefined) next();
      else
        at(nowMs + retryAfterMs, () => {
          attempt(holder);
        });
    });
  };
  for (let place = 0; place < concurrency; place += 1) next();
  for (let event = agenda.shift(); event; event = agenda.shift()) {
    nowMs = event.atMs;
    event.act();
  }
  const accepted = sent.filter(({ isAccepted }) => isAccepted).length;
  return { accepted, wasted: sent.length - accepted, endMs: nowMs - startMs, pace, sent };
}
