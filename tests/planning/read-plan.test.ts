import { readPlan } from '../../activities/planning/language/read-plan.ts';
import { planVideo } from '../../activities/planning/plan-video.ts';
import type { LanguageAnswer } from '../../activities/providers/language-model.ts';
import { createBrief } from './support/create-brief.ts';
import { planOf } from './support/interview.ts';

test.each<[string, string]>([
  ['as it should be', planOf(3)],
  ['in a fence', `\`\`\`json\n${planOf(3)}\n\`\`\``],
  ['in a fence without a name, with prose', `Sure {friend}!\n\`\`\`\n${planOf(3)}\n\`\`\`\nAnything else?`],
  ['in prose', `Here is your storyboard: ${planOf(3)} Tell me what to change.`],
  ['after thinking aloud', `<think>{"beats": no}</think>\n${planOf(3)}`],
  ['as a list of beats', JSON.stringify((JSON.parse(planOf(3)) as { beats: unknown }).beats)],
  ['with more than was asked', planOf(3).replace('{"beats"', '{"note":"Enjoy!","beats"')],
])('a storyboard %s is read', (_what, text) => {
  expect(read(text)).toMatchObject({
    ok: true,
    draft: { beats: [0, 1, 2].map(() => ({ durationSeconds: 5 })) },
  });
});

test.each<[string, string, RegExp]>([
  ['no JSON', 'I cannot plan this.', /no JSON object/],
  ['half a JSON', planOf(3).slice(0, 60), /no JSON object/],
  ['something else', '{"scenes":[]}', /beats: must be a list/],
  ['no beats', '{"beats":[]}', /at least one beat/],
  ['beats that are words', '{"beats":["A lamp"]}', /beats\[0\]/],
  [
    'empty pictures',
    planOf(1).replace('Picture 0 of the mug in Kyoto', ' '),
    /beats\[0\]\.still: must not be empty/,
  ],
  ['empty movements', planOf(1).replace('Movement 0', ''), /beats\[0\]\.motion: must not be empty/],
])('an answer with %s says what is wrong', (_what, text, problem) => {
  const plan = read(text);

  expect(plan.ok ? [] : plan.problems).toEqual([expect.stringMatching(problem)]);
});

test.each(['<think>', '```', '{', '[{"beats":'])(
  'megabytes of %s are no storyboard, and soon done with',
  (piece) => {
    const startedAt = performance.now();

    expect(read(piece.repeat(4_000_000 / piece.length))).toMatchObject({ ok: false });

    expect(performance.now() - startedAt).toBeLessThan(5_000);
  },
);

test('too few beats for the length are a problem that names how many are wanted', () => {
  const plan = read(planOf(1), 60);

  expect(plan).toEqual({
    ok: false,
    problems: [expect.stringMatching(/1 beat can fill at most 15 s of 60 s.*4 to 12 beats/)],
  });
});

test('an answer that was cut off is said to be too long', () => {
  const plan = read({ text: planOf(3).slice(0, 60), isCut: true });

  expect(plan).toEqual({ ok: false, problems: [expect.stringContaining('too long') as unknown] });
});

test('ten problems of a hundred are enough', () => {
  const plan = read(planOf(100).replaceAll(/Picture \d+ of the mug in Kyoto/g, ''), 300);

  expect(plan.ok ? 0 : plan.problems.length).toBe(10);
});

test.each<[number, unknown, number, number[]]>([
  // Beats as written, their length, the video's length, the resulting lengths.
  [3, 7, 15, [5, 5, 5]],
  [2, 12.5, 20, [10, 10]],
  [2, 0, 20, [10, 10]],
  [2, '10 s', 20, [10, 10]],
  [2, null, 15, [5, 10]],
  [3, 1000, 27.5, [10, 10, 10]],
  [10, 10, 15, [5, 5, 5]],
])('%d beats of %j for %d s become %j', (...row) => {
  const [count, length, durationSeconds, lengths] = row;
  const brief = createBrief({ durationSeconds });
  const plan = readPlan({ text: planOf(count, length), isCut: false }, brief);
  if (!plan.ok) throw new Error(plan.problems.join());

  const { beats, truncation } = planVideo(brief, plan.draft);

  expect(beats.map((beat) => beat.durationSeconds)).toEqual(lengths);
  expect(beats.reduce((sum, beat) => sum + beat.keptSeconds, 0)).toBeCloseTo(durationSeconds, 6);
  expect(truncation?.originalCount).toBe(count > lengths.length ? count : undefined);
});

test('words are put on one line, freed of what no terminal prints, and cut to what models read', () => {
  const words = JSON.parse(planOf(1)) as { beats: object[]; musicPrompt: string };
  const beat = {
    ...words.beats[0],
    title: 'A\u0007b\nc',
    still: `${'The mug in Kyoto '.repeat(200)}\ud83d`,
    motion: 'go '.repeat(900),
  };
  const plan = read(JSON.stringify({ beats: [beat], musicPrompt: 'drum '.repeat(200) }), 5);
  const [written] = plan.ok ? plan.draft.beats : [];

  expect(written?.title).toBe('A b c');
  expect(written?.stillPrompt.length).toBeLessThanOrEqual(1500);
  expect(written?.motionPrompt.length).toBeLessThanOrEqual(2000);
  expect(plan.ok ? plan.draft.musicPrompt.length : 0).toBeLessThanOrEqual(300);
});

test('a picture of the product is named in every still, and what the model left out is filled in', () => {
  const productImage = { key: 'mug.png', sizeBytes: 1, sha256: 'ab', contentType: 'image/png' };
  const brief = createBrief({ durationSeconds: 5, productImage });
  const text = JSON.stringify({ beats: [{ still: 'A mug on a table', motion: 'Steam rises' }] });
  const plan = readPlan({ text, isCut: false }, brief);

  expect(plan).toMatchObject({
    ok: true,
    draft: {
      beats: [
        {
          title: 'A mug on a table',
          stillPrompt: expect.stringMatching(/^A mug on a table\. .*reference picture/) as unknown,
        },
      ],
    },
  });
  expect(plan.ok ? plan.draft.musicPrompt : '').toMatch(/seconds long/);
});

function read(answer: string | LanguageAnswer, durationSeconds = 15) {
  const whole = typeof answer === 'string' ? { text: answer, isCut: false } : answer;
  return readPlan(whole, createBrief({ durationSeconds }));
}
