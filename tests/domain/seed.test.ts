import fc from 'fast-check';

import { boughtMedia } from '../../domain/media.ts';
import { seedFromText, unitSeed } from '../../domain/seed.ts';

const seeds = fc.integer({ min: 0, max: 2_147_483_647 });
const places = fc.record({
  medium: fc.constantFrom(...boughtMedia),
  beat: fc.nat(59).map((index) => `b${index + 1}`),
  chunk: fc.nat(14),
  take: fc.nat(20),
});

test('the seed of a unit is a whole number that every host accepts', () => {
  fc.assert(
    fc.property(seeds, places, (seed, place) => {
      const unit = unitSeed(seed, place);
      expect(Number.isInteger(unit)).toBe(true);
      expect(unit).toBeGreaterThanOrEqual(0);
      expect(unit).toBeLessThanOrEqual(2_147_483_647);
    }),
  );
});

test('the same place of the same video always has the same seed', () => {
  fc.assert(
    fc.property(seeds, places, (seed, place) => {
      expect(unitSeed(seed, { ...place })).toBe(unitSeed(seed, place));
    }),
  );
});

test('the units of the longest video, with three takes each, share no seed', () => {
  for (const videoSeed of [0, 1, 2, 42, 2_147_483_647]) {
    const units = new Set<number>();
    let count = 0;
    for (const medium of ['still', 'chunk'] as const) {
      for (let beat = 0; beat < 60; beat += 1) {
        for (let take = 0; take < 3; take += 1) {
          units.add(unitSeed(videoSeed, { medium, beat: `b${beat}`, chunk: 0, take }));
          count += 1;
        }
      }
    }
    expect(units.size).toBe(count);
  }
});

test('neighbouring videos do not share seeds', () => {
  const place = { medium: 'still', beat: 'b1', chunk: 0, take: 0 } as const;
  const seeds = Array.from({ length: 1000 }, (_, seed) => unitSeed(seed, place));

  expect(new Set(seeds).size).toBe(seeds.length);
});

test('a seed stays what it is from the first release on', () => {
  expect(seedFromText('my-video')).toBe(2004653646);
  expect(unitSeed(7, { medium: 'chunk', beat: 'b4', chunk: 1, take: 0 })).toBe(487150261);
});
