import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { askedDelayMs } from '../asked-delay.ts';
import type { HttpAnswer } from '../host-http.ts';
import { quoteWords } from '../host-words.ts';
import { readRefusalWords } from '../refusal-words.ts';
import { hostTrouble, otherRefusal, refusalsByStatus } from './refusals.ts';

/** Used where the host throttles and names no delay, in milliseconds. */
const defaultRetryAfterMs = 5_000;

/** An answer that is not a success, as a failure by name. */
export function readRefusal(attempt: string, answer: HttpAnswer): BeatreelFailure {
  const { status, body } = answer;
  const { type, advice } = refusalsByStatus[status] ?? (status >= 500 ? hostTrouble : otherRefusal);
  const said = `${attempt}: the host answered ${status}${quoteWords(readRefusalWords(body).sentence)}.`;
  const options =
    type === failureTypes.providerBusy ? { retryAfterMs: askedDelayMs(answer) ?? defaultRetryAfterMs } : {};
  return new BeatreelFailure(type, advice === undefined ? said : `${said} ${advice}`, options);
}
