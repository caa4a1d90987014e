import fc from 'fast-check';

import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { planVideo } from '../../activities/planning/plan-video.ts';
import { wordsOf } from '../../activities/planning/words/count-words.ts';
import { maxBeats, validateAndFixBeatCount } from '../../domain/beat-count.ts';
import { templates } from '../../domain/brief.ts';
import { createBrief } from './support/create-brief.ts';
import { prose } from './support/prose.ts';

/** Few runs, because each is a whole story of up to 60 beats. */
const numRuns = 60;

const briefs = fc
  .record({
    prompt: fc.oneof(
      prose,
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).filter((text) => text.trim() !== ''),
      fc.constant(createBrief().prompt),
    ),
    durationSeconds: fc.integer({ min: 50, max: 3000 }).map((tenths) => tenths / 10),
    template: fc.constantFrom(undefined, ...templates),
    seed: fc.integer({ min: 0, max: 2_147_483_647 }),
  })
  .map(({ template, ...fields }) => createBrief({ ...fields, ...(template ? { template } : {}) }));

test('a prompt of 4,000 characters is told or named, however short the video', () => {
  const prompt = Array.from({ length: 600 }, (_, at) => `word${at}${at % 9 === 8 ? '.' : ''}`)
    .join(' ')
    .slice(0, 4000);
  const { beats, warnings } = draftStoryboard(createBrief({ prompt, durationSeconds: 5 }));
  const text = [...beats.map((beat) => beat.motionPrompt), ...warnings].join(' ').toLowerCase();

  expect(wordsOf(prompt).filter((one) => !text.includes(one))).toEqual([]);
  expect(warnings.join(' ')).toMatch(/left out: “word/);
});

test('the same brief with the same seed gives the same plan', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      expect(draftStoryboard({ ...brief })).toEqual(draftStoryboard(brief));
    }),
    { numRuns },
  );
});

test('another seed films the same words in another way', () => {
  const plans = [1, 2, 3, 4].map((seed) => draftStoryboard(createBrief({ durationSeconds: 60, seed })));

  expect(new Set(plans.map(({ beats }) => beats.map((beat) => beat.stillPrompt).join())).size).toBe(4);
});

test('beats fill the duration rounded up to 5 s, and the fixed plan is the draft', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      const { beats } = draftStoryboard(brief);
      const slots = maxBeats(brief.durationSeconds);
      expect(beats.length).toBeLessThanOrEqual(slots);
      expect(beats.reduce((sum, beat) => sum + beat.durationSeconds, 0)).toBe(slots * 5);
      const fixed = validateAndFixBeatCount(beats, brief.durationSeconds);
      expect(fixed.truncation).toBeUndefined();
      expect(fixed.beats.map((beat) => beat.durationSeconds)).toEqual(
        beats.map((beat) => beat.durationSeconds),
      );
    }),
    { numRuns },
  );
});

test('every prompt is whole, within the limits of every model, and shows the cast in its own words', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      const { beats, musicPrompt, cast } = draftStoryboard(brief);
      for (const { stillPrompt, motionPrompt, title } of beats) {
        for (const text of [stillPrompt, motionPrompt, title]) expect(text).toMatch(/\S/);
        for (const text of [stillPrompt, motionPrompt]) expect(text.isWellFormed()).toBe(true);
        expect(stillPrompt.length).toBeLessThanOrEqual(1500);
        expect(motionPrompt.length).toBeLessThanOrEqual(2000);
        expect(title.length).toBeLessThanOrEqual(100);
        expect(stillPrompt).toContain(cast[0]?.description);
      }
      expect(musicPrompt.length).toBeGreaterThanOrEqual(10);
      expect(musicPrompt.length).toBeLessThanOrEqual(300);
    }),
    { numRuns },
  );
});

test('one word is filmed in ways that all differ, even for five minutes', () => {
  const { beats } = draftStoryboard(createBrief({ prompt: 'Rain', durationSeconds: 300 }));

  expect(new Set(beats.map((beat) => beat.stillPrompt)).size).toBe(beats.length);
  expect(beats.every(({ stillPrompt }) => stillPrompt.startsWith('Rain. '))).toBe(true);
});

test.each([
  [6, [5, 5]],
  [7, [5, 5]],
  [12.5, [5, 5, 5]],
  // A video that is hardly longer than its last full beat does not end in a flash.
  [15.1, [5, 5, 10]],
])('a video of %p s is planned as %p', (durationSeconds, lengths) => {
  expect(draftStoryboard(createBrief({ durationSeconds })).beats.map((beat) => beat.durationSeconds)).toEqual(
    lengths,
  );
});

test.each(templates)('a %s of 300 s is varied: mostly short beats, some long', (template) => {
  const { beats } = draftStoryboard(createBrief({ template, durationSeconds: 300 }));
  const count = (seconds: number): number => beats.filter((beat) => beat.durationSeconds === seconds).length;

  expect(count(5)).toBeGreaterThan(beats.length / 2);
  expect(count(10)).toBeGreaterThan(count(15));
});

test.each([
  ['story', 'beginning', 'end'],
  ['how_to', 'step', 'result'],
  ['announcement', 'news', 'closing'],
] as const)('a %s begins with its %s and ends with its %s', (template, first, last) => {
  const draft = draftStoryboard(createBrief({ template, durationSeconds: 30 }));

  expect(draft.template).toEqual({ name: template, reason: 'The brief asks for it.' });
  expect([draft.beats[0]?.purpose, draft.beats.at(-1)?.purpose]).toEqual([first, last]);
});

test('the product is shown as in its picture, when there is one', () => {
  const productImage = {
    key: 'assets/mug.png',
    sizeBytes: 10,
    sha256: '0'.repeat(64),
    contentType: 'image/png',
  };
  const { beats } = draftStoryboard(createBrief({ productImage }));

  expect(beats.every((beat) => beat.stillPrompt.includes('as in the reference picture'))).toBe(true);
  expect(draftStoryboard(createBrief()).beats[0]?.stillPrompt).not.toContain('reference picture');
});

test('beats that do not fit are named', () => {
  const beats = ['One', 'Two', 'Three'].map((prompt) => ({ prompt, durationSeconds: 5 }));

  expect(planVideo(createBrief({ prompt: 'One', beats, durationSeconds: 5 })).warnings).toEqual([
    '5 s hold 1 of 3 beats, left out: “Two”, “Three”.',
  ]);
});
