import type { BriefProblem } from '../../domain/schemas/check-brief.ts';
import { checkBrief, describeProblems, showValue } from '../../domain/schemas/check-brief.ts';
import { badBriefs } from './support/bad-briefs.ts';

test('the table holds enough ways to be wrong', () => {
  expect(badBriefs.length).toBeGreaterThanOrEqual(45);
});

test.each(badBriefs)('refused with field, value and rule: $why', ({ brief, problems }) => {
  const checked = checkBrief(brief);

  expect(checked.ok).toBe(false);
  expect(sorted(checked.ok ? [] : checked.problems)).toEqual(sorted(problems));
});

test('no beats and too many beats are refused as a whole', () => {
  const beat = { prompt: 'A mug', durationSeconds: 5 };
  for (const beats of [[], Array.from({ length: 61 }, () => beat)]) {
    const checked = checkBrief({ prompt: 'A red mug', durationSeconds: 15, beats });
    const [problem, ...others] = checked.ok ? [] : checked.problems;
    expect(problem).toMatchObject({ field: 'beats', value: showValue(beats) });
    expect(problem?.rule).toMatch(beats.length === 0 ? /^at least 1 entr/ : /^at most 60 entries$/);
    expect(others).toEqual([]);
  }
});

const fullBrief = {
  prompt: 'A red mug\non a table',
  durationSeconds: 12.5,
  title: 'Mug',
  template: 'announcement',
  aspectRatio: '9:16',
  productImage: './mug.png',
  models: { still: 'flux-schnell', clip: 'hailuo-02', score: 'stable-audio-2.5', planner: 'built-in' },
  beats: [{ prompt: 'Steam', durationSeconds: 10, title: 'Steam', motionPrompt: 'It rises' }],
  music: { enabled: true, style: 'piano' },
  limits: { concurrentStills: 1, concurrentChunks: 3 },
  onFailure: 'fail',
  tenant: 'shop.1_a-b',
  seed: 2_147_483_647,
  requestId: 'order/42#1',
};

test.each([
  ['the least that is needed', { prompt: 'x', durationSeconds: 5 }],
  ['the longest video', { prompt: 'x'.repeat(4000), durationSeconds: 300 }],
  ['tenths of a second', { prompt: 'x', durationSeconds: 5.1 }],
  ['every field', fullBrief],
  ['empty groups', { prompt: 'x', durationSeconds: 5, models: {}, music: {}, limits: {} }],
  [
    'fields that are undefined',
    { prompt: 'x', durationSeconds: 5, title: undefined, models: { clip: undefined } },
  ],
  ['another script', { prompt: 'おはよう ☕', durationSeconds: 5 }],
])('accepted as it is: %s', (_name, brief) => {
  expect(checkBrief(brief)).toEqual({ ok: true, brief });
});

test.each([
  ['\ufeffA mug', 'A mug'],
  ['A mug\u000bOn a table', 'A mug\nOn a table'],
  ['A mug\u2028On a table\u000c', 'A mug\nOn a table\n'],
])('the prompt %j, as programs copy it, is read as %j', (prompt, read) => {
  expect(checkBrief({ prompt, durationSeconds: 5 })).toMatchObject({ ok: true, brief: { prompt: read } });
});

test('people read every problem in one sentence', () => {
  const checked = checkBrief({ prompt: '', durationSeconds: 15, colour: 'red' });

  expect(checked.ok ? '' : describeProblems(checked.problems)).toBe(
    'The brief has 2 problems: prompt is "": at least 1 visible character; colour is "red": no such field.',
  );
});

test('a single problem is not called several', () => {
  expect(describeProblems([{ field: 'seed', value: '-1', rule: 'at least 0' }])).toBe(
    'The brief has a problem: seed is -1: at least 0.',
  );
});

test('a shown value is one line of at most 80 characters', () => {
  const shown = showValue(`line one\n${'x'.repeat(5000)}`);

  expect(shown.length).toBeLessThanOrEqual(80);
  expect(shown).not.toContain('\n');
});

/** Sorts problems, because their order is not promised. */
function sorted(problems: readonly BriefProblem[]): BriefProblem[] {
  return [...problems].sort((a, b) => `${a.field} ${a.rule}`.localeCompare(`${b.field} ${b.rule}`));
}

test('the first 20 of many problems are listed, with their number', () => {
  const strange = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`f${index}`, 1]));

  const checked = checkBrief({ prompt: 'A lamp', durationSeconds: 5, ...strange });

  const problems = checked.ok ? [] : checked.problems;
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toEqual({
    field: 'brief',
    value: '(59980 more)',
    rule: '60000 problems in all; these are the first 20',
  });
});

test.each([
  ['x', 1_100_000],
  ['ü', 550_000],
  ['日', 370_000],
  ['😀', 280_000],
])('a brief of more than 1 MiB of "%s" is refused by its size alone', (letter, count) => {
  const checked = checkBrief({ prompt: letter.repeat(count), durationSeconds: 'long' });

  const problems = checked.ok ? [] : checked.problems;
  expect(problems).toMatchObject([{ field: 'brief', rule: 'at most 1048576 bytes' }]);
});
