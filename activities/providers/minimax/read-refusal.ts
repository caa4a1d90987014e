import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { askedDelayMs } from '../asked-delay.ts';
import { refinedType } from '../failure-words.ts';
import type { HttpAnswer } from '../host-http.ts';
import { quoteWords } from '../host-words.ts';
import type { Refusal } from '../model-host.ts';
import { readRefusalWords } from '../refusal-words.ts';
import { hostTrouble, otherRefusal, refusalsByCode, refusalsByStatus } from './refusals.ts';
import type { BaseResp } from './wire.ts';

/** The delay where the host throttles and names none, in milliseconds: its limit is 10 pictures a minute. */
const defaultRetryAfterMs = 6_000;

/** Turns an HTTP status that is not a success into a failure. */
export function readStatusRefusal(attempt: string, answer: HttpAnswer): BeatreelFailure {
  const { status } = answer;
  const byStatus = refusalsByStatus[status] ?? (status >= 500 ? hostTrouble : otherRefusal);
  const { sentence } = readRefusalWords(answer.body);
  const type = refinedType(byStatus.type, sentence);
  const refusal = type === byStatus.type ? byStatus : { type };
  return toFailure(refusal, {
    said: `${attempt}: the host answered ${status}${quoteWords(sentence)}.`,
    answer,
  });
}

/** @returns undefined where the answer does not refuse */
export function readCodeRefusal(
  attempt: string,
  base: BaseResp,
  answer: HttpAnswer,
): BeatreelFailure | undefined {
  const code = base?.status_code ?? 0;
  if (code === 0) return undefined;
  const said = `${attempt}: the host answered ${code}${quoteWords(base?.status_msg ?? '')}.`;
  return toFailure(refusalsByCode[code] ?? hostTrouble, { said, answer });
}

function toFailure(
  { type, advice }: Refusal,
  { said, answer }: { readonly said: string; readonly answer: HttpAnswer },
): BeatreelFailure {
  const options =
    type === failureTypes.providerBusy ? { retryAfterMs: askedDelayMs(answer) ?? defaultRetryAfterMs } : {};
  return new BeatreelFailure(type, advice === undefined ? said : `${said} ${advice}`, options);
}
