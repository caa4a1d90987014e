import fc from 'fast-check';

import { createSeededRandom } from '../../domain/seeded-random.ts';

const seeds = fc.integer({ min: 0, max: 2_147_483_647 });

test('the same seed makes the same choices', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const [one, other] = [createSeededRandom(seed), createSeededRandom(seed)];
      for (let turn = 0; turn < 5; turn += 1) expect(one.next()).toBe(other.next());
    }),
  );
});

test('numbers lie between their bounds', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const drawn = createSeededRandom(seed).between(-4, 5);
      expect(drawn).toBeGreaterThanOrEqual(-4);
      expect(drawn).toBeLessThan(5);
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
