import { showReferences } from '../../domain/references.ts';

const bottle = { name: 'green-bottle', kind: 'product' } as const;
const anna = { name: 'Anna', kind: 'person' } as const;
const look = { name: 'watercolour', kind: 'style' } as const;

test('a beat shows what its words name, in the order of the brief, and every style', () => {
  const { byBeat, unnamed } = showReferences(
    [bottle, anna, look],
    [
      { words: 'anna lifts the green bottle' },
      { words: 'Anna’s hand, close' },
      { words: 'The sea' },
      { words: 'A green-bottle, hannah and a blue one' },
    ],
  );

  expect(byBeat).toEqual([
    ['green-bottle', 'Anna', 'watercolour'],
    ['Anna', 'watercolour'],
    ['watercolour'],
    ['green-bottle', 'watercolour'],
  ]);
  expect(unnamed).toEqual([]);
});

test("only a person's list for a beat counts, in that order", () => {
  const { byBeat } = showReferences(
    [bottle, anna, look],
    [
      { words: 'Anna', references: ['watercolour', 'green-bottle'] },
      { words: 'Anna', references: [] },
    ],
  );

  expect(byBeat).toEqual([['watercolour', 'green-bottle'], []]);
});

test('a reference that no beat names is shown in every beat without a list, and is reported', () => {
  const shown = showReferences(
    [bottle, anna],
    [{ words: 'Anna' }, { words: 'The sea' }, { words: '', references: [] }],
  );

  expect(shown).toEqual({
    byBeat: [['green-bottle', 'Anna'], ['green-bottle'], []],
    unnamed: ['green-bottle'],
  });
});

test('names in scripts without spaces are found inside words', () => {
  const names = [{ name: '茶壺', kind: 'product' } as const];

  expect(showReferences(names, [{ words: '古い茶壺に湯を注ぐ' }, { words: '庭' }]).byBeat).toEqual([
    ['茶壺'],
    [],
  ]);
});
