import { clampWaitMs, readNumber, readRetryAfterMs } from '../../domain/outside-numbers.ts';
import type { HttpAnswer } from './host-http.ts';
import { readRefusalWords } from './refusal-words.ts';

/**
 * Reads the delay that a throttling host asks for, in milliseconds, an hour at most: from a header, a field of its
 * answer, or a sentence. @returns undefined where it names no delay
 */
export function askedDelayMs({ retryAfterMs, body }: HttpAnswer): number | undefined {
  return retryAfterMs ?? readDelayField(body) ?? readDelayWords(readRefusalWords(body).sentence);
}

/** `"retry_after": 7` and its like, wherever it stands: seconds, or a date. */
function readDelayField(body: string): number | undefined {
  const [, name = '', text, number] =
    /"(retry[_-]?after(?:[_-]?(?:seconds|secs?|ms))?)"\s*:\s*(?:"([^"]{1,60})"|(\d[\d.e+]*))/i.exec(body) ??
    [];
  const value = text ?? number;
  if (value === undefined) return undefined;
  const inMs = /ms$/i.test(name) ? readNumber(value) : undefined;
  return inMs === undefined ? readRetryAfterMs(value.replace(/s$/, '')) : clampWaitMs(inMs);
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

const delayWords =
  /\b(?:in|after|wait|for)\s+(?:about\s+|another\s+)?~?(?:\d+(?:\.\d+)?\s*(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)(?![a-z])\s*)+/i;

/** "resets in ~30s", "in 38 seconds", "try again in 1m30s", "wait for 2 minutes". */
function readDelayWords(sentence: string): number | undefined {
  const [written = ''] = delayWords.exec(sentence.slice(0, 2000)) ?? [];
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)\s*(milli|ms|s|m|h)/gi)];
  if (parts.length === 0) return undefined;
  const sum = parts.reduce(
    (ms, [, number, unit = '']) => ms + Number(number) * unitMs(unit.toLowerCase()),
    0,
  );
  return clampWaitMs(sum);
}

function unitMs(unit: string): number {
  return unitsMs[unit === 'milli' ? 'ms' : unit] ?? 0;
}
