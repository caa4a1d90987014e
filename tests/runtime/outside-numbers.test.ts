import {
  clampWaitMs,
  longestWaitMs,
  readNumber,
  readRetryAfterMs,
  readWhole,
} from '../../domain/outside-numbers.ts';

const nowMs = Date.parse('2026-11-28T08:00:00Z');
const manyDigits = '9'.repeat(400);

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['0', 0],
  [' 2 ', 2_000],
  ['1.5', 1_500],
  ['3600', longestWaitMs],
  ['36000', longestWaitMs],
  ['1e12', longestWaitMs],
  ['1e999', longestWaitMs],
  [manyDigits, longestWaitMs],
  ['Sat, 28 Nov 2026 08:00:30 GMT', 30_000],
  ['Sat, 28 Nov 2026 18:00:00 GMT', longestWaitMs],
  ['Saturday, 28-Nov-26 08:00:30 GMT', 30_000],
  ['Sat Nov 28 08:00:30 2026', 30_000],
  ['Sat, 28 Nov 2026 07:00:00 GMT', undefined],
  [`Sat, ${manyDigits}`, undefined],
])('Retry-After: %s asks for %s ms', (text, waitMs) => {
  expect(readRetryAfterMs(text, nowMs)).toBe(waitMs);
});

test.each<[unknown, number | undefined]>([
  [12.5, 12.5],
  ['12.5', 12.5],
  ['1e3', 1000],
  [-1, undefined],
  ['-1', undefined],
  [1e300, undefined],
  [manyDigits, undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  ['0x10', undefined],
  ['', undefined],
  [null, undefined],
  [[5], undefined],
  [true, undefined],
])('the number %j is read as %s', (value, number) => {
  expect(readNumber(value)).toBe(number);
});

test.each<[unknown, number | undefined]>([
  ['7', 7],
  [7.5, undefined],
  [101, undefined],
])('of whole numbers to 100, %j is read as %s', (value, number) => {
  expect(readWhole(value, { most: 100 })).toBe(number);
});

test.each([
  [-1, 0],
  [5, 5],
  [Number.POSITIVE_INFINITY, longestWaitMs],
  [Number.NaN, 7],
])('a wait of %s ms is one of %s ms', (waitMs, clamped) => {
  expect(clampWaitMs(waitMs, 7)).toBe(clamped);
});
