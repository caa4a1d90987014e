import { type FailureType, failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { askedDelayMs } from '../asked-delay.ts';
import { refinedType } from '../failure-words.ts';
import type { HttpAnswer } from '../host-http.ts';
import { quoteWords } from '../host-words.ts';
import { readRefusalWords } from '../refusal-words.ts';

/**
 * What a status means. One of 400 that is not listed is `InvalidRequest`, one of 500 `ProviderUnavailable`.
 * Source: OpenAI's guide to error codes, read 2026-11-24.
 */
const byStatus: Readonly<Record<number, FailureType>> = {
  401: failureTypes.credentialsRejected,
  402: failureTypes.budgetExceeded,
  403: failureTypes.credentialsRejected,
  408: failureTypes.providerUnavailable,
  409: failureTypes.providerUnavailable,
  425: failureTypes.providerUnavailable,
  429: failureTypes.providerBusy,
};

/** Codes that say more than their status: an empty account answers 429, a content filter 400. */
const byCode: Readonly<Record<string, FailureType>> = {
  insufficient_quota: failureTypes.budgetExceeded,
  billing_hard_limit_reached: failureTypes.budgetExceeded,
  content_filter: failureTypes.contentRejected,
  content_policy_violation: failureTypes.contentRejected,
};

/** What a person does about it. */
const advice: Partial<Record<FailureType, string>> = {
  [failureTypes.credentialsRejected]:
    ' Check OPENAI_API_KEY, which the workers send there to have storyboards written.',
  [failureTypes.budgetExceeded]: ' Top up the account, then start again.',
};

/** Used where a server throttles and names no delay, in milliseconds. */
const defaultDelayMs = 5_000;
const longestDelayMs = 5 * 60_000;

/** An answer that is not a success, as a failure by name. Nothing was billed. */
export function readRefusal(attempt: string, answer: HttpAnswer): BeatreelFailure {
  const { codes, sentence } = readRefusalWords(answer.body);
  const type =
    codes.map((code) => byCode[code]).find((known) => known !== undefined) ??
    refinedType(typeOf(answer.status), sentence);
  const said = `${attempt}: the server answered ${answer.status}${quoteWords(sentence)}.${advice[type] ?? ''}`;
  const delay = type === failureTypes.providerBusy ? { retryAfterMs: readDelay(answer) } : {};
  return new BeatreelFailure(type, said, delay);
}

/** A person would ask what is the matter after that long. */
function readDelay(answer: HttpAnswer): number {
  return Math.min(askedDelayMs(answer) ?? defaultDelayMs, longestDelayMs);
}

function typeOf(status: number): FailureType {
  const otherwise = status >= 500 ? failureTypes.providerUnavailable : failureTypes.invalidRequest;
  return byStatus[status] ?? otherwise;
}
