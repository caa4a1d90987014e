import { badReferences } from './bad-references.ts';
import { type BadBrief, good, anObject, noSuchField, cut, wrong, wrongBeat } from './wrong-brief.ts';

const visible = 'at least 1 visible character';
const aNumber = 'must be a number';
const aString = 'must be a string';
const someNames = 'a name of the catalogue, or a list of 1–5 of them in the order in which they are tried';
const noControl = 'no control characters';
const catalogueName = 'a name of the catalogue: a-z, 0-9, dots and dashes';
const templateRule = 'one of plain, story, how_to, explainer, product_showcase, lifestyle_ad, announcement';
const tenantRule = '1–64 letters, digits, dots, dashes and underscores, the first a letter or digit';
const requestIdRule = '1–128 visible ASCII characters without spaces';
const notABrief: readonly BadBrief[] = [
  {
    why: 'nothing',
    brief: undefined,
    problems: [{ field: 'brief', value: '(missing)', rule: 'required, an object' }],
  },
  { why: 'null', brief: null, problems: [{ field: 'brief', value: 'null', rule: anObject }] },
  {
    why: 'a sentence',
    brief: 'A red mug',
    problems: [{ field: 'brief', value: '"A red mug"', rule: anObject }],
  },
  { why: 'a number', brief: 15, problems: [{ field: 'brief', value: '15', rule: anObject }] },
  { why: 'yes', brief: true, problems: [{ field: 'brief', value: 'true', rule: anObject }] },
  { why: 'an empty list', brief: [], problems: [{ field: 'brief', value: '[]', rule: anObject }] },
  {
    why: 'a function',
    brief: () => good,
    problems: [{ field: 'brief', value: '(a function)', rule: anObject }],
  },
  {
    why: 'a list of briefs',
    brief: [good],
    problems: [{ field: 'brief', value: '[{"prompt":"A red mug","durationSeconds":15}]', rule: anObject }],
  },
  {
    why: 'an empty object',
    brief: {},
    problems: [
      { field: 'prompt', value: '(missing)', rule: 'required, a string' },
      { field: 'durationSeconds', value: '(missing)', rule: 'required, a number' },
    ],
  },
];

const badPrompts: readonly BadBrief[] = [
  wrong('prompt', undefined, ['(missing)', 'required, a string']),
  wrong('prompt', null, ['null', aString]),
  wrong('prompt', 5, ['5', aString]),
  wrong('prompt', ['A red mug'], ['["A red mug"]', aString]),
  wrong('prompt', '', ['""', visible]),
  wrong('prompt', ' \n\t ', ['" \\n\\t "', visible]),
  wrong('prompt', 'x'.repeat(4001), [cut('x'), 'at most 4000 characters']),
  wrong('prompt', 'red\u0000mug', ['"red\\u0000mug"', noControl]),
  wrong('prompt', '\u001b[31mred', ['"\\u001b[31mred"', noControl]),
  {
    why: 'a prompt of too many blanks',
    brief: { ...good, prompt: ' '.repeat(4001) },
    problems: [
      { field: 'prompt', value: cut(' '), rule: visible },
      { field: 'prompt', value: cut(' '), rule: 'at most 4000 characters' },
    ],
  },
];

const badDurations: readonly BadBrief[] = [
  wrong('durationSeconds', undefined, ['(missing)', 'required, a number']),
  wrong('durationSeconds', null, ['null', aNumber]),
  wrong('durationSeconds', '15', ['"15"', aNumber]),
  wrong('durationSeconds', [15], ['[15]', aNumber]),
  wrong('durationSeconds', NaN, ['NaN', aNumber]),
  wrong('durationSeconds', Infinity, ['Infinity', aNumber]),
  wrong('durationSeconds', 0, ['0', 'at least 5']),
  wrong('durationSeconds', -15, ['-15', 'at least 5']),
  wrong('durationSeconds', 4.9, ['4.9', 'at least 5']),
  wrong('durationSeconds', 300.1, ['300.1', 'at most 300']),
  wrong('durationSeconds', 12.34, ['12.34', 'a multiple of 0.1']),
];

const badOptions: readonly BadBrief[] = [
  wrong('title', '', ['""', visible]),
  wrong('title', '\n', ['"\\n"', visible]),
  wrong('title', 7, ['7', aString]),
  wrong('title', 'x'.repeat(101), [cut('x'), 'at most 100 characters']),
  wrong('title', 'ding\u0007', ['"ding\\u0007"', noControl]),
  wrong('template', 'advert', ['"advert"', templateRule]),
  wrong('template', 3, ['3', templateRule]),
  wrong('template', null, ['null', templateRule]),
  wrong('aspectRatio', '4:3', ['"4:3"', 'one of 16:9, 9:16, 1:1']),
  wrong('resolution', '4K', ['"4K"', 'one of auto, 720p, 1080p']),
  wrong('resolution', 720, ['720', 'one of auto, 720p, 1080p']),
  wrong('aspectRatio', 1.78, ['1.78', 'one of 16:9, 9:16, 1:1']),
  wrong('productImage', '', ['""', visible]),
  wrong('productImage', { url: 'mug.png' }, ['{"url":"mug.png"}', aString]),
  wrong('productImage', 'x'.repeat(2049), [cut('x'), 'at most 2048 characters']),
  wrong('onFailure', 'retry', ['"retry"', 'one of park, fail']),
  wrong('onFailure', true, ['true', 'one of park, fail']),
  wrong('tenant', '', ['""', tenantRule]),
  wrong('tenant', 'two words', ['"two words"', tenantRule]),
  wrong('tenant', '-shop', ['"-shop"', tenantRule]),
  wrong('tenant', 5, ['5', aString]),
  wrong('seed', -1, ['-1', 'at least 0']),
  wrong('seed', 2_147_483_648, ['2147483648', 'at most 2147483647']),
  wrong('seed', 1.5, ['1.5', 'must be a whole number']),
  wrong('seed', '7', ['"7"', aNumber]),
  wrong('seed', NaN, ['NaN', aNumber]),
  wrong('requestId', '', ['""', requestIdRule]),
  wrong('requestId', 'a b', ['"a b"', requestIdRule]),
  wrong('requestId', 'café', ['"café"', requestIdRule]),
  wrong('requestId', 'x'.repeat(129), [cut('x'), requestIdRule]),
];

const badParts: readonly BadBrief[] = [
  wrong('models', 'hailuo-02', ['"hailuo-02"', anObject]),
  wrong('models', [], ['[]', anObject]),
  wrong('models.clip', 'Hailuo 02', ['"Hailuo 02"', catalogueName]),
  wrong('models.still', '', ['""', catalogueName]),
  wrong('models.score', 3, ['3', someNames]),
  wrong('models.video', 'veo', ['"veo"', noSuchField]),
  wrong('music', false, ['false', anObject]),
  wrong('music.enabled', 'yes', ['"yes"', 'must be a boolean']),
  wrong('music.style', ' ', ['" "', visible]),
  wrong('music.style', 'x'.repeat(301), [cut('x'), 'at most 300 characters']),
  wrong('music.volume', 3, ['3', noSuchField]),
  wrong('limits', 5, ['5', anObject]),
  wrong('limits.concurrentStills', 0, ['0', 'at least 1']),
  wrong('limits.concurrentStills', NaN, ['NaN', aNumber]),
  wrong('limits.concurrentChunks', 1.5, ['1.5', 'must be a whole number']),
  wrong('limits.concurrentChunks', '3', ['"3"', aNumber]),
  wrong('limits.stills', 3, ['3', noSuchField]),
  wrong('duration', 15, ['15', noSuchField]),
  wrong('videoId', 'my-video', ['"my-video"', noSuchField]),
];

const badBeats: readonly BadBrief[] = [
  wrong('beats', {}, ['{}', 'must be a list']),
  wrong('beats', 'A mug', ['"A mug"', 'must be a list']),
  wrongBeat(null, [{ field: 'beats[0]', value: 'null', rule: anObject }]),
  wrongBeat('A mug', [{ field: 'beats[0]', value: '"A mug"', rule: anObject }]),
  wrongBeat({ prompt: 'A mug', durationSeconds: 7 }, [
    { field: 'beats[0].durationSeconds', value: '7', rule: 'one of 5, 10, 15' },
  ]),
  wrongBeat({ prompt: 'A mug', durationSeconds: '5' }, [
    { field: 'beats[0].durationSeconds', value: '"5"', rule: 'one of 5, 10, 15' },
  ]),
  wrongBeat({ durationSeconds: 5 }, [
    { field: 'beats[0].prompt', value: '(missing)', rule: 'required, a string' },
  ]),
  wrongBeat({ prompt: 'x'.repeat(2001), durationSeconds: 5 }, [
    { field: 'beats[0].prompt', value: cut('x'), rule: 'at most 2000 characters' },
  ]),
  wrongBeat({ prompt: 'A mug', durationSeconds: 5, title: '', colour: 'red' }, [
    { field: 'beats[0].title', value: '""', rule: visible },
    { field: 'beats[0].colour', value: '"red"', rule: noSuchField },
  ]),
  {
    why: 'two bad beats after a good one',
    brief: {
      ...good,
      beats: [
        { prompt: 'A mug', durationSeconds: 5 },
        { prompt: ' ', durationSeconds: 5 },
        { prompt: 'Steam', durationSeconds: NaN },
      ],
    },
    problems: [
      { field: 'beats[1].prompt', value: '" "', rule: visible },
      { field: 'beats[2].durationSeconds', value: 'NaN', rule: 'one of 5, 10, 15' },
    ],
  },
];

const manyProblems: readonly BadBrief[] = [
  {
    why: 'something wrong everywhere',
    brief: {
      prompt: '',
      durationSeconds: 4,
      template: 'advert',
      music: { style: '', volume: 1 },
      limits: { concurrentStills: 0, concurrentChunks: 0.5 },
      seed: 'seven',
      lenght: 15,
    },
    problems: [
      { field: 'prompt', value: '""', rule: visible },
      { field: 'durationSeconds', value: '4', rule: 'at least 5' },
      { field: 'template', value: '"advert"', rule: templateRule },
      { field: 'music.style', value: '""', rule: visible },
      { field: 'music.volume', value: '1', rule: noSuchField },
      { field: 'limits.concurrentStills', value: '0', rule: 'at least 1' },
      { field: 'limits.concurrentChunks', value: '0.5', rule: 'must be a whole number' },
      { field: 'seed', value: '"seven"', rule: aNumber },
      { field: 'lenght', value: '15', rule: noSuchField },
    ],
  },
  {
    why: 'null for everything optional',
    brief: { ...good, music: null, limits: null, models: null, beats: null },
    problems: [
      { field: 'models', value: 'null', rule: anObject },
      { field: 'beats', value: 'null', rule: 'must be a list' },
      { field: 'music', value: 'null', rule: anObject },
      { field: 'limits', value: 'null', rule: anObject },
    ],
  },
  {
    why: 'a prototype smuggled in as a field',
    brief: JSON.parse('{"prompt":"A red mug","durationSeconds":15,"__proto__":{"tenant":"root"}}'),
    problems: [{ field: '__proto__', value: '{"tenant":"root"}', rule: noSuchField }],
  },
];

/** Briefs that must be refused, each with all its problems. */
export const badBriefs: readonly BadBrief[] = [
  ...notABrief,
  ...badPrompts,
  ...badDurations,
  ...badOptions,
  ...badParts,
  ...badBeats,
  ...badReferences,
  ...manyProblems,
];
