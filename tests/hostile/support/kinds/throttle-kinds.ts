import type { Expectation, HostileKind } from '../kind.ts';
import { firstTimes, refuseWith } from './answers.ts';

const finished: Expectation = { end: 'finished' };
/** Waits; every video is also checked to wait an hour at most, whatever the host asks. */
const waits: Expectation = { end: 'waiting', words: /answered 429, "/ };

function throttle(
  name: string,
  what: string,
  answer: { readonly detail?: string; readonly retryAfter?: string },
) {
  const { detail = 'Request was throttled.', retryAfter } = answer;
  const refuse = refuseWith(429, {
    detail,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  });
  return (expect: Expectation, times = Infinity): HostileKind => ({
    name,
    what,
    unit: 'still',
    answers: { create: firstTimes(times, refuse) },
    expect,
    alone: true,
  });
}

/** Kinds that ask for odd delays. */
export const throttleKinds: readonly HostileKind[] = [
  throttle('busy-400-digits', 'throttles for a number of seconds with 400 digits', {
    detail: `Request was throttled. Your rate limit resets in ~${'9'.repeat(400)}s.`,
  })(waits),
  throttle('busy-for-ages', 'throttles for 30,000 years', { retryAfter: '1000000000000' })(waits),
  throttle('busy-ten-hours', 'throttles for ten hours', { retryAfter: '36000' })(waits),
  throttle('busy-until-2099', 'throttles until a day of the year 2099', {
    retryAfter: 'Thu, 01 Jan 2099 00:00:00 GMT',
  })(waits),
  throttle('busy-negative', 'throttles for minus five seconds, once', { retryAfter: '-5' })(finished, 1),
  throttle('busy-past', 'throttles until yesterday, once', { retryAfter: 'Sun, 06 Nov 1994 08:49:37 GMT' })(
    finished,
    1,
  ),
  throttle('busy-in-words', 'throttles for "a while", once', { retryAfter: 'a while' })(finished, 1),
];
