import { createSeenIds } from '../../workers/webhooks/seen-ids.ts';

test('an id is remembered for ten minutes', () => {
  const clock = { ms: 0 };
  const seen = createSeenIds(() => clock.ms);
  seen.add('a');
  clock.ms = 9 * 60_000;
  expect(seen.has('a')).toBe(true);
  clock.ms = 11 * 60_000;
  expect(seen.has('a')).toBe(false);
});

test('the oldest give way when there are too many', () => {
  const seen = createSeenIds(() => 0);
  for (let id = 0; id <= 50_000; id += 1) seen.add(String(id));
  expect(seen.has('0')).toBe(false);
  expect(seen.has('1')).toBe(true);
});
