import fc from 'fast-check';

import { maxBeats, validateAndFixBeatCount } from '../../domain/beat-count.ts';
import { durations } from './support/durations.ts';
import { planBeats } from './support/plan-beats.ts';

interface Case {
  readonly planned: number[];
  readonly seconds: number;
  readonly lengths: number[];
  readonly starts: number[];
  readonly kept: number[];
  readonly truncation?: { originalCount: number; truncatedCount: number };
}

const tens = (count: number): number[] => Array.from({ length: count }, () => 10);

const cases: Case[] = [
  {
    planned: tens(10),
    seconds: 15,
    lengths: [5, 5, 5],
    starts: [0, 5, 10],
    kept: [5, 5, 5],
    truncation: { originalCount: 10, truncatedCount: 3 },
  },
  { planned: [5], seconds: 5, lengths: [5], starts: [0], kept: [5] },
  { planned: [15], seconds: 5, lengths: [5], starts: [0], kept: [5] },
  {
    planned: [5, 5],
    seconds: 5,
    lengths: [5],
    starts: [0],
    kept: [5],
    truncation: { originalCount: 2, truncatedCount: 1 },
  },
  { planned: [5, 5], seconds: 7, lengths: [5, 5], starts: [0, 5], kept: [5, 2] },
  { planned: [5], seconds: 7, lengths: [10], starts: [0], kept: [7] },
  { planned: [5, 5, 5], seconds: 12.5, lengths: [5, 5, 5], starts: [0, 5, 10], kept: [5, 5, 2.5] },
  { planned: [10, 5], seconds: 12.5, lengths: [10, 5], starts: [0, 10], kept: [10, 2.5] },
  { planned: [5, 10], seconds: 15, lengths: [5, 10], starts: [0, 5], kept: [5, 10] },
  { planned: [15, 15], seconds: 20, lengths: [10, 10], starts: [0, 10], kept: [10, 10] },
  { planned: [5, 5], seconds: 30, lengths: [15, 15], starts: [0, 15], kept: [15, 15] },
  { planned: [7, 12, 14], seconds: 30, lengths: [5, 10, 15], starts: [0, 5, 15], kept: [5, 10, 15] },
];

test.each(cases)('plans of $planned s become $lengths s in a video of $seconds s', (given) => {
  const { beats, truncation } = validateAndFixBeatCount(planBeats(given.planned), given.seconds);

  expect(beats.map((beat) => beat.durationSeconds)).toEqual(given.lengths);
  expect(beats.map((beat) => beat.startSeconds)).toEqual(given.starts);
  expect(beats.map((beat) => beat.keptSeconds)).toEqual(given.kept);
  expect(truncation).toEqual(given.truncation);
});

test('a video of 300 s holds 60 beats of 5 s and not one more', () => {
  const { beats, truncation } = validateAndFixBeatCount(planBeats(Array.from({ length: 61 }, () => 15)), 300);

  expect(beats).toHaveLength(60);
  expect(beats.at(-1)).toMatchObject({ index: 59, startSeconds: 295, durationSeconds: 5, keptSeconds: 5 });
  expect(truncation).toEqual({ originalCount: 61, truncatedCount: 60 });
});

test.each([
  [5, 1],
  [5.1, 2],
  [7, 2],
  [10, 2],
  [12.5, 3],
  [15, 3],
  [299.9, 60],
  [300, 60],
])('a video of %p s holds at most %p beats', (seconds, most) => {
  expect(maxBeats(seconds)).toBe(most);
});

test('no beat at all cannot fill a video', () => {
  expect(() => validateAndFixBeatCount([], 15)).toThrow(RangeError);
});

test('too few beats are refused with what they fill and what was asked for', () => {
  expect(() => validateAndFixBeatCount(planBeats([5]), 20)).toThrow(/1 beat can fill at most 15 s of 20 s/);
});

const unfixed = fc.record({
  seconds: durations,
  lengths: fc.array(fc.oneof(fc.constantFrom(5, 10, 15), fc.double()), { minLength: 1, maxLength: 80 }),
});

function isFillable({ seconds, lengths }: { seconds: number; lengths: number[] }): boolean {
  return lengths.length * 3 >= maxBeats(seconds);
}

test('fixed beats have allowed lengths, lie without a gap, and are kept for exactly the duration', () => {
  fc.assert(
    fc.property(unfixed.filter(isFillable), ({ seconds, lengths }) => {
      const { beats } = validateAndFixBeatCount(planBeats(lengths), seconds);
      let endSeconds = 0;
      for (const [at, beat] of beats.entries()) {
        expect(beat.index).toBe(at);
        expect([5, 10, 15]).toContain(beat.durationSeconds);
        expect(beat.startSeconds).toBe(endSeconds);
        expect(beat.keptSeconds).toBeGreaterThan(0);
        if (at < beats.length - 1) expect(beat.keptSeconds).toBe(beat.durationSeconds);
        endSeconds += beat.durationSeconds;
      }
      expect(endSeconds).toBe(maxBeats(seconds) * 5);
      const keptSeconds = beats.reduce((sum, beat) => sum + beat.keptSeconds, 0);
      expect(keptSeconds).toBeCloseTo(seconds, 6);
    }),
  );
});

test('beats are cut from the end, keep their order, and the cut is told', () => {
  fc.assert(
    fc.property(unfixed.filter(isFillable), ({ seconds, lengths }) => {
      const planned = planBeats(lengths);
      const { beats, truncation } = validateAndFixBeatCount(planned, seconds);
      const most = maxBeats(seconds);
      expect(beats.map(({ title }) => title)).toEqual(planned.slice(0, most).map(({ title }) => title));
      expect(truncation).toEqual(
        planned.length > most ? { originalCount: planned.length, truncatedCount: most } : undefined,
      );
    }),
  );
});

test('a storyboard that is already fixed stays unchanged', () => {
  fc.assert(
    fc.property(unfixed.filter(isFillable), ({ seconds, lengths }) => {
      const { beats } = validateAndFixBeatCount(planBeats(lengths), seconds);
      expect(validateAndFixBeatCount(beats, seconds)).toEqual({ beats });
    }),
  );
});

test('too few beats never pass, whatever their lengths', () => {
  fc.assert(
    fc.property(
      unfixed.filter((plan) => !isFillable(plan)),
      ({ seconds, lengths }) => {
        expect(() => validateAndFixBeatCount(planBeats(lengths), seconds)).toThrow(RangeError);
      },
    ),
  );
});
