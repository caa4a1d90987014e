import fc from 'fast-check';

import { createSeededRandom } from '../../activities/planning/seeded-random.ts';

const seeds = fc.integer({ min: 0, max: 2_147_483_647 });

test('the same seed makes the same choices', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const [one, other] = [createSeededRandom(seed), createSeededRandom(seed)];
      for (let turn = 0; turn < 5; turn += 1) expect(one.next()).toBe(other.next());
    }),
  );
});

test('shuffling keeps every entry and leaves the list as it was', () => {
  fc.assert(
    fc.property(seeds, fc.array(fc.nat()), (seed, entries) => {
      const before = [...entries];
      const shuffled = createSeededRandom(seed).shuffle(entries);
      expect(entries).toEqual(before);
      expect([...shuffled].sort((a, b) => a - b)).toEqual([...before].sort((a, b) => a - b));
    }),
  );
});

test('over many draws every choice comes up about equally often', () => {
  const random = createSeededRandom(1);
  const counts = [0, 0, 0, 0];
  for (let turn = 0; turn < 4000; turn += 1) {
    const drawn = random.pick([0, 1, 2, 3]);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }

  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('there must be something to pick from', () => {
  expect(() => createSeededRandom(1).pick([])).toThrow(RangeError);
});
