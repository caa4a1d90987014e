import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { askedDelayMs } from '../asked-delay.ts';
import { refinedType } from '../failure-words.ts';
import type { HttpAnswer } from '../host-http.ts';
import { quoteWords } from '../host-words.ts';
import { readRefusalWords } from '../refusal-words.ts';
import { adviceByType, hostTrouble, otherRefusal, refusalsByStatus } from './refusals.ts';

/** The delay where the host throttles and names none, in milliseconds. */
const defaultRetryAfterMs = 5_000;

/** Turns an answer that is not a success into a failure. */
export function readRefusal(attempt: string, answer: HttpAnswer): BeatreelFailure {
  const { status, body } = answer;
  const { sentence } = readRefusalWords(body);
  const byStatus = refusalsByStatus[status] ?? (status >= 500 ? hostTrouble : otherRefusal);
  const type = refinedType(byStatus.type, sentence);
  const advice = type === byStatus.type ? byStatus.advice : adviceByType[type];
  const said = `${attempt}: the host answered ${status}${quoteWords(sentence)}.`;
  const options =
    type === failureTypes.providerBusy ? { retryAfterMs: askedDelayMs(answer) ?? defaultRetryAfterMs } : {};
  return new BeatreelFailure(type, advice === undefined ? said : `${said} ${advice}`, options);
}
