import { type FailureType, failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { HttpAnswer } from '../host-http.ts';
import { hostWords } from '../host-words.ts';
import { refusalSchema } from './wire.ts';

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
  const { codes, message } = readWords(answer.body);
  const type =
    codes.map((code) => byCode[code]).find((known) => known !== undefined) ?? typeOf(answer.status);
  const quoted = message === '' ? '' : `, "${message}"`;
  const said = `${attempt}: the server answered ${answer.status}${quoted}.${advice[type] ?? ''}`;
  const delay = type === failureTypes.providerBusy ? { retryAfterMs: readDelay(answer) } : {};
  return new BeatreelFailure(type, said, delay);
}

/** A person would ask what is the matter after that long. */
function readDelay({ retryAfterMs = defaultDelayMs }: HttpAnswer): number {
  return Math.min(retryAfterMs, longestDelayMs);
}

function typeOf(status: number): FailureType {
  const otherwise = status >= 500 ? failureTypes.providerUnavailable : failureTypes.invalidRequest;
  return byStatus[status] ?? otherwise;
}

/** Some servers put the refusal into a list. */
function readWords(body: string): { readonly codes: readonly string[]; readonly message: string } {
  const parsed = refusalSchema.safeParse(unwrap(parse(body)));
  if (!parsed.success) return { codes: [], message: '' };
  const { code, type, message } = parsed.data.error;
  return { codes: [code, type].map(String), message: hostWords(message ?? '') };
}

function unwrap(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[])[0] : value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
