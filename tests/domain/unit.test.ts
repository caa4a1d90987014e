import { unitName } from '../../domain/unit.ts';

test.each([
  [{ medium: 'still', beat: 'b4', chunk: 0 }, 'still-b4'],
  [{ medium: 'chunk', beat: 'b4', chunk: 1 }, 'chunk-b4-2'],
  [{ medium: 'chunk', beat: 'b60', chunk: 14 }, 'chunk-b60-15'],
  [{ medium: 'score', beat: '', chunk: 0 }, 'score'],
] as const)('the unit at %j is called %p', (place, name) => {
  expect(unitName(place)).toBe(name);
});
