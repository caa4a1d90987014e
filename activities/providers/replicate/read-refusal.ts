import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { clampWaitMs } from '../../../domain/outside-numbers.ts';
import type { HttpAnswer } from '../host-http.ts';
import { hostWords } from '../host-words.ts';
import { hostTrouble, otherRefusal, refusalsByStatus } from './refusals.ts';

/** Used where the host throttles and names no delay, in milliseconds. */
const defaultRetryAfterMs = 5_000;

/** An answer that is not a success, as a failure by name. */
export function readRefusal(attempt: string, answer: HttpAnswer): BeatreelFailure {
  const { status, body } = answer;
  const { type, advice } = refusalsByStatus[status] ?? (status >= 500 ? hostTrouble : otherRefusal);
  const said = `${attempt}: the host answered ${status}${quote(body)}.`;
  const options = type === failureTypes.providerBusy ? { retryAfterMs: readDelay(answer) } : {};
  return new BeatreelFailure(type, advice === undefined ? said : `${said} ${advice}`, options);
}

/** `Retry-After` is not documented by Replicate; the sentence in its body is. */
function readDelay({ retryAfterMs, body }: HttpAnswer): number {
  const inBody = /~(\d+)s/.exec(body)?.[1];
  return retryAfterMs ?? (inBody === undefined ? defaultRetryAfterMs : clampWaitMs(Number(inBody) * 1000));
}

function quote(body: string): string {
  const detail = hostWords(readDetail(body));
  return detail === '' ? '' : `, "${detail}"`;
}

function readDetail(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const detail = (parsed as { detail?: unknown } | null)?.detail;
    return typeof detail === 'string' ? detail : '';
  } catch {
    return '';
  }
}
