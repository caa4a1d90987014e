import { type FailureType, failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { askedDelayMs } from '../asked-delay.ts';
import { refinedType } from '../failure-words.ts';
import type { HttpAnswer } from '../host-http.ts';
import { quoteWords } from '../host-words.ts';
import { readRefusalWords } from '../refusal-words.ts';

/**
 * Failure types by status. An unlisted 4xx is `InvalidRequest`, an unlisted 5xx `ProviderUnavailable`.
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

/** Failure types by code, where it says more than its status: an empty account answers 429, a content filter 400. */
const byCode: Readonly<Record<string, FailureType>> = {
  insufficient_quota: failureTypes.budgetExceeded,
  billing_hard_limit_reached: failureTypes.budgetExceeded,
  content_filter: failureTypes.contentRejected,
  content_policy_violation: failureTypes.contentRejected,
};

/** Advice for people, by failure type. */
const advice: Partial<Record<FailureType, string>> = {
  [failureTypes.credentialsRejected]:
    ' Check OPENAI_API_KEY, which the workers send there to have storyboards written.',
  [failureTypes.budgetExceeded]: ' Top up the account, then start again.',
};

/** The delay where a server throttles and names none, in milliseconds. */
const defaultDelayMs = 5_000;
const longestDelayMs = 5 * 60_000;

/** Turns an answer that is not a success into a failure. Nothing was billed. */
export function readRefusal(attempt: string, answer: HttpAnswer): BeatreelFailure {
  const { codes, sentence } = readRefusalWords(answer.body);
  const type =
    codes.map((code) => byCode[code]).find((known) => known !== undefined) ??
    refinedType(typeOf(answer.status), sentence);
  const said = `${attempt}: the server answered ${answer.status}${quoteWords(sentence)}.${advice[type] ?? ''}`;
  const delay = type === failureTypes.providerBusy ? { retryAfterMs: readDelay(answer) } : {};
  return new BeatreelFailure(type, said, delay);
}

/** The server's delay, at most `longestDelayMs`, because a person waits. */
function readDelay(answer: HttpAnswer): number {
  return Math.min(askedDelayMs(answer) ?? defaultDelayMs, longestDelayMs);
}

function typeOf(status: number): FailureType {
  const otherwise = status >= 500 ? failureTypes.providerUnavailable : failureTypes.invalidRequest;
  return byStatus[status] ?? otherwise;
}
