import type { CountedPrediction } from '../../workers/dev/stand-in/control/counters.ts';
import { mostAtOnce } from './support/most-at-once.ts';

test('predictions that overlap are counted, those that follow each other are not', () => {
  expect(mostAtOnce([at(0, 10), at(5, 15), at(9, 20)], 'still')).toBe(3);
  expect(mostAtOnce([at(0, 10), at(10, 20), at(20, 30)], 'still')).toBe(1);
});

test('one that has not ended is live to the end, and other kinds do not count', () => {
  expect(mostAtOnce([at(0), at(100, 200), at(0, 500, 'clip')], 'still')).toBe(2);
});

function at(createdAtMs: number, finishedAtMs?: number, kind: 'still' | 'clip' = 'still'): CountedPrediction {
  const ended = finishedAtMs === undefined ? {} : { finishedAtMs };
  return { id: String(createdAtMs), kind, model: 'm', status: 'succeeded', input: {}, createdAtMs, ...ended };
}
