import fc from 'fast-check';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const graphemesOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);
const letters = fc.constantFrom(
  ...graphemesOf('abcdefghijklmnopqrstuvwxyzäöüßéñçABCДЖяшقطالبحرदीयानदी森火雨りんご👩‍👩‍👧‍👦🦔'),
  '0',
  '7',
);
const word = fc.array(letters, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
const mark = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ' ',
  ', ',
  '. ',
  '; ',
  ': ',
  ' – ',
  '? ',
  '\n',
  '\n- ',
  '、',
  '。',
  '।',
  '، ',
  ' “',
  '” ',
  ' (',
  ') ',
  '.',
);
/** Meaningless words of many scripts between marks of all kinds. */
export const prose = fc
  .array(fc.tuple(word, mark), { minLength: 1, maxLength: 120 })
  .map((parts) => parts.flat().join(''));
