import { failureTypes } from '../../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../../runtime/failures.ts';
import { hostWords } from './host-words.ts';

/** What the host said when it did not do what was asked. */
export interface HostAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Used where a host throttles and names no delay, in milliseconds. */
const defaultRetryAfterMs = 5_000;

/** An answer that is not a success, as a failure by name. Nothing was bought when the status is 4xx. */
export function readRefusal(attempt: string, answer: HostAnswer): BeatreelFailure {
  const said = `${attempt}: the host answered ${answer.status}${quote(answer.body)}.`;
  switch (answer.status) {
    case 401:
    case 403:
      return new BeatreelFailure(
        failureTypes.credentialsRejected,
        `${said} Check REPLICATE_API_TOKEN, which the worker sends to the host.`,
      );
    case 402:
      return new BeatreelFailure(failureTypes.budgetExceeded, `${said} Top up the account, then retry.`);
    case 429:
      return new BeatreelFailure(failureTypes.providerBusy, said, { retryAfterMs: readDelay(answer) });
    default:
      return answer.status >= 500
        ? new BeatreelFailure(failureTypes.providerUnavailable, said)
        : new BeatreelFailure(failureTypes.invalidRequest, said);
  }
}

/** `Retry-After` is not documented by Replicate; the sentence in its body is. */
function readDelay({ retryAfter, body }: HostAnswer): number {
  const header = Number(retryAfter);
  if (retryAfter !== undefined && Number.isFinite(header) && header >= 0) return header * 1000;
  const inBody = /~(\d+)s/.exec(body)?.[1];
  return inBody === undefined ? defaultRetryAfterMs : Number(inBody) * 1000;
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
