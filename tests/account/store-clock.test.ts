import fc from 'fast-check';

import { StoreClock } from '../../activities/account/store-clock.ts';

/** The store's `Date` at a moment of its clock. */
const header = (ms: number) => new Date(Math.floor(ms / 1000) * 1000);

const calls = fc.array(
  fc.record({
    atMs: fc.integer({ min: 0, max: 60_000 }),
    thereMs: fc.integer({ min: 0, max: 200 }),
    backMs: fc.integer({ min: 0, max: 200 }),
  }),
  { minLength: 1, maxLength: 30 },
);
const offsets = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 });

test('the store’s time always lies between the two moments that are named', () => {
  fc.assert(
    fc.property(calls, offsets, (made, offsetMs) => {
      const clock = new StoreClock();
      for (const { atMs, thereMs, backMs } of made) {
        const storeTime = header(atMs + thereMs + offsetMs);
        clock.note({ askedAtMs: atMs, answeredAtMs: atMs + thereMs + backMs, storeTime });
      }
      const { earliestMs, latestMs } = clock.at(70_000);
      expect(earliestMs).toBeLessThanOrEqual(70_000 + offsetMs);
      expect(latestMs).toBeGreaterThanOrEqual(70_000 + offsetMs);
    }),
  );
});

test('answers at different parts of a second leave less than a tenth of it open', () => {
  const clock = new StoreClock();
  for (let atMs = 0; atMs < 30_000; atMs += 1_037) {
    clock.note({ askedAtMs: atMs, answeredAtMs: atMs + 10, storeTime: header(atMs + 5 + 400_123) });
  }
  const { earliestMs, latestMs } = clock.at(0);
  expect(latestMs - earliestMs).toBeLessThan(100);
});

test('a store whose clock is set anew is believed at once', () => {
  const clock = new StoreClock();
  clock.note({ askedAtMs: 0, answeredAtMs: 10, storeTime: header(100_000) });
  clock.note({ askedAtMs: 20, answeredAtMs: 30, storeTime: header(500_000) });
  expect(clock.at(30).latestMs).toBeGreaterThan(500_000);
});

test('nothing is known before the store has answered', () => {
  expect(() => new StoreClock().at(0)).toThrow(RangeError);
});
