import { pad, unitName } from '../../domain/unit.ts';

test.each([
  [{ medium: 'still', beat: 3, chunk: 0 }, 'still-03'],
  [{ medium: 'chunk', beat: 3, chunk: 1 }, 'chunk-03-01'],
  [{ medium: 'chunk', beat: 59, chunk: 14 }, 'chunk-59-14'],
  [{ medium: 'score', beat: 0, chunk: 0 }, 'score'],
] as const)('the unit at %j is called %p', (place, name) => {
  expect(unitName(place)).toBe(name);
});

test('padded numbers sort as they count', () => {
  const padded = Array.from({ length: 60 }, (_, index) => pad(index));

  expect([...padded].sort()).toEqual(padded);
});
