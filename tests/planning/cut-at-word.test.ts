import fc from 'fast-check';

import { cutAtWord } from '../../domain/cut-at-word.ts';

test.each([
  ['short', 10, 'short'],
  ['one two three', 9, 'one two'],
  ['one two, three', 9, 'one two'],
  ['noise-cancelling', 8, 'noise'],
  ['warm noise-cancelling', 12, 'warm'],
  ['abcdefghij', 4, 'abcd'],
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12, '👩‍👩‍👧‍👦'],
])('"%s" cut at %p is "%s"', (text, length, cut) => {
  expect(cutAtWord(text, length)).toBe(cut);
});

test('a cut text begins the text, keeps to the length and splits no character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 12, max: 80 }),
      (text, length) => {
        const cut = cutAtWord(text, length);
        expect(text.trim().startsWith(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(length);
        expect(Buffer.from(cut).toString()).toBe(cut);
      },
    ),
  );
});
