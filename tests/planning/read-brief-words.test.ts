import fc from 'fast-check';

import { readBriefWords } from '../../activities/planning/read-brief-words.ts';

test.each([
  [
    'A handmade ceramic mug on a rainy morning in Kyoto',
    'the handmade ceramic mug',
    'on a rainy morning in Kyoto',
  ],
  [
    'Make a 15-second ad for our noise-cancelling headphones in the city',
    'the noise-cancelling headphones',
    'in the city',
  ],
  ['In a quiet forest, a fox wakes up and finds a red scarf.', 'the fox', 'in a quiet forest'],
  ['Introducing Lumen One, the lamp that follows the sun.', 'Lumen One', undefined],
  ['We are opening our new bakery in Leeds on Friday 3 May.', 'the bakery', 'in Leeds'],
  ['The video should show the old harbour at night', 'the old harbour', 'at night'],
  ['A retro video game console on a wooden desk', 'the retro video game console', 'on a wooden desk'],
  ['A watch based on a classic, in matte black', 'the watch', undefined],
])('"%s" is about %p %p', (prompt, subject, setting) => {
  const words = readBriefWords(prompt);

  expect(words.subject).toBe(subject);
  expect(words.setting).toBe(setting);
});

test('what else a brief names becomes features, in its order, without instructions', () => {
  const { features } = readBriefWords(
    'Our bike: a silent motor, a basket full of flowers and a lifetime warranty. 9:16, please. Energetic music.',
  );

  expect(features).toEqual(['silent motor', 'basket full of flowers', 'lifetime warranty']);
});

test('moods and styles are found as whole words', () => {
  const words = readBriefWords('A calm, cosy story of a warmth-loving cat in watercolour');

  expect(words.moods).toEqual(['calm', 'cosy']);
  expect(words.styles).toEqual(['watercolour']);
});

test.each([
  ['coffee', 'coffee'],
  ['Kaffee', 'Kaffee'],
  ['珈琲', '珈琲'],
  ['🎉🎉', '🎉🎉'],
  ['????', '????'],
  ['A', 'A'],
])('a prompt of one word is its own subject: %s', (prompt, subject) => {
  expect(readBriefWords(prompt)).toEqual({ subject, features: [], moods: [], styles: [] });
});

test.each([
  ['雨の京都の朝、手作りのマグ。湯気が立ち上る', '雨の京都の朝', ['手作りのマグ', '湯気が立ち上る']],
  [
    'Реклама умной колонки: чистый звук, тёплый вечер',
    'Реклама умной колонки',
    ['чистый звук', 'тёплый вечер'],
  ],
  ['خلاط قهوة يدوي، سهل الاستخدام', 'خلاط قهوة يدوي', ['سهل الاستخدام']],
  ['Eine Tasse für den Morgen, mit einer Glasur', 'Eine Tasse für den Morgen', ['mit einer Glasur']],
])('another language is read by its marks, and the prompt goes along: %s', (prompt, subject, features) => {
  expect(readBriefWords(prompt)).toMatchObject({ subject, features, context: prompt });
});

test('a long text without a mark is cut between words', () => {
  const { subject } = readBriefWords('Wörter über Wörter '.repeat(50));

  expect(subject).toBe('Wörter über Wörter Wörter über Wörter Wörter über Wörter');
});

test('the longest prompt of nothing but small words is still its own subject', () => {
  const prompt = 'on at in '.repeat(444);

  expect(readBriefWords(prompt).subject).toBe(prompt.slice(0, 59).trim());
});

test('any text gives a subject, and phrases of bounded length without line ends', () => {
  const texts = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 4000 })
    .filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(texts, (text) => {
      const { subject, features, setting, context } = readBriefWords(text);
      expect(subject.trim()).not.toBe('');
      expect(subject.length).toBeLessThanOrEqual(60);
      expect(features.length).toBeLessThanOrEqual(8);
      for (const feature of features) expect(feature.length).toBeLessThanOrEqual(60);
      expect((setting ?? '').length).toBeLessThanOrEqual(70);
      expect((context ?? '').length).toBeLessThanOrEqual(160);
      expect([subject, setting, context, ...features].join(' ')).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 200 },
  );
});

test('English words in any order give phrases of bounded length', () => {
  const word = fc.constantFrom(
    ...'a the mug of in on with and , . that Kyoto make video ad for our new is - : \n rain at night 5'.split(
      / /,
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
      const text = words.join(' ');
      fc.pre(text.trim() !== '');
      const { subject, setting } = readBriefWords(text);
      expect(subject.trim()).not.toBe('');
      expect(subject.length).toBeLessThanOrEqual(60);
      expect((setting ?? '').length).toBeLessThanOrEqual(70);
    }),
    { numRuns: 500 },
  );
});
