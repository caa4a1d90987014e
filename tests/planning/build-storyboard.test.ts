import fc from 'fast-check';

import { beatLibrary } from '../../activities/planning/beat-library.ts';
import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { maxBeats, validateAndFixBeatCount } from '../../workflows/domain/beat-count.ts';
import { aspectRatios } from '../../workflows/domain/brief.ts';
import { createBrief } from './support/create-brief.ts';

/** Whole stories of up to 60 beats: each run is a hundred facts. */
const numRuns = 40;

const templates = ['product_showcase', 'lifestyle_ad', 'announcement'] as const;

const briefs = fc
  .record({
    prompt: fc.oneof(
      fc.constant(createBrief().prompt),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).filter((text) => text.trim() !== ''),
    ),
    durationSeconds: fc.integer({ min: 50, max: 3000 }).map((tenths) => tenths / 10),
    template: fc.constantFrom(...templates),
    aspectRatio: fc.constantFrom(...aspectRatios),
    seed: fc.integer({ min: 0, max: 2_147_483_647 }),
  })
  .map(createBrief);

test.each(templates)('a video of 15 s tells a %s in three beats of 5 s', (template) => {
  const { beats, plannedBy } = draftStoryboard(createBrief({ template }));

  expect(beats.map((beat) => beat.durationSeconds)).toEqual([5, 5, 5]);
  expect(beats[0]?.purpose).toBe('opening');
  expect(beats[2]?.purpose).toBe('call_to_action');
  expect(plannedBy).toBe('built-in');
});

test.each([
  ['product_showcase', 'product_reveal'],
  ['lifestyle_ad', 'lifestyle'],
  ['announcement', 'announcement_hook'],
] as const)('the middle of a short %s is its %s', (template, kind) => {
  expect(draftStoryboard(createBrief({ template })).beats[1]?.purpose).toBe(kind);
});

test('the same brief with the same seed gives the same plan', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      expect(draftStoryboard({ ...brief })).toEqual(draftStoryboard(brief));
    }),
    { numRuns },
  );
});

test('another seed tells the story with other pictures', () => {
  const plans = [1, 2, 3, 4, 5, 6].map((seed) =>
    draftStoryboard(createBrief({ durationSeconds: 60, seed }))
      .beats.map((beat) => beat.stillPrompt)
      .join(),
  );

  expect(new Set(plans).size).toBe(plans.length);
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

test('a story opens, ends with an invitation or its end card, and never repeats a kind at once', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      const kinds = draftStoryboard(brief).beats.map((beat) => beat.purpose);
      if (kinds.length > 1) expect(kinds[0]).toBe('opening');
      if (kinds.length > 1) expect(['call_to_action', 'closing_logo']).toContain(kinds.at(-1));
      for (const [at, kind] of kinds.entries()) expect(kind).not.toBe(kinds[at + 1]);
      const known = new Set(beatLibrary.map((entry) => entry.kind));
      for (const kind of kinds) expect(known).toContain(kind);
    }),
    { numRuns },
  );
});

test('no two beats of a video ask for the same picture or the same movement', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      const { beats } = draftStoryboard(brief);
      expect(new Set(beats.map((beat) => beat.stillPrompt)).size).toBe(beats.length);
      expect(new Set(beats.map((beat) => beat.motionPrompt)).size).toBe(beats.length);
    }),
    { numRuns },
  );
});

test('every prompt is whole, within the limits of every model, and leaves no place unfilled', () => {
  fc.assert(
    fc.property(briefs, (brief) => {
      const { beats, musicPrompt } = draftStoryboard({ ...brief, prompt: brief.prompt.replace(/[{}]/g, '') });
      for (const beat of beats) {
        const texts = [
          beat.title,
          beat.shot,
          beat.action,
          beat.cameraMovement,
          beat.stillPrompt,
          beat.motionPrompt,
        ];
        for (const text of texts) expect(text).not.toMatch(/[{}]|undefined|^\s*$/);
        expect(beat.stillPrompt.length).toBeLessThanOrEqual(1500);
        expect(beat.motionPrompt.length).toBeLessThanOrEqual(2000);
        expect(beat.title.length).toBeLessThanOrEqual(100);
      }
      expect(musicPrompt.length).toBeGreaterThanOrEqual(10);
      expect(musicPrompt.length).toBeLessThanOrEqual(300);
    }),
    { numRuns },
  );
});

test.each(templates)(
  'a %s of 300 s is varied: mostly short beats, some long, all three lengths',
  (template) => {
    const { beats } = draftStoryboard(createBrief({ template, durationSeconds: 300 }));
    const count = (seconds: number): number =>
      beats.filter((beat) => beat.durationSeconds === seconds).length;

    expect(count(5)).toBeGreaterThan(beats.length / 2);
    expect(count(10)).toBeGreaterThan(0);
    expect(count(15)).toBeLessThan(count(10));
    expect(new Set(beats.map((beat) => beat.purpose)).size).toBeGreaterThanOrEqual(14);
  },
);

test('a video that is hardly longer than its last full beat does not end in a flash', () => {
  const { beats } = draftStoryboard(createBrief({ durationSeconds: 15.1 }));

  expect(beats.map((beat) => beat.durationSeconds)).toEqual([5, 5, 10]);
});

test.each([
  [6, [5, 5]],
  [7, [5, 5]],
  [12.5, [5, 5, 5]],
])('a video of %p s is planned as %p', (durationSeconds, lengths) => {
  expect(draftStoryboard(createBrief({ durationSeconds })).beats.map((beat) => beat.durationSeconds)).toEqual(
    lengths,
  );
});

test('all beats share the look, the framing and the subject of the brief', () => {
  const { beats } = draftStoryboard(createBrief({ durationSeconds: 60, aspectRatio: '9:16' }));
  const looks = beats.map(
    (beat) => /Photorealistic commercial photography, [^.]+\./.exec(beat.stillPrompt)?.[0],
  );

  expect(new Set(looks).size).toBe(1);
  expect(looks[0]).toMatch(/calm and cosy mood/);
  for (const { stillPrompt } of beats) expect(stillPrompt).toMatch(/Vertical 9:16/);
  const named = beats.filter((beat) =>
    `${beat.stillPrompt} ${beat.motionPrompt}`.includes('ceramic coffee mug'),
  );
  expect(named.length).toBeGreaterThan(beats.length * 0.7);
});

test('what the brief names is seen in a short video', () => {
  const { beats } = draftStoryboard(createBrief());
  const told = beats.map((beat) => beat.stillPrompt).join(' ');

  expect(told).toMatch(/on a wooden counter in Kyoto/);
  expect(told).toMatch(/glaze changes from blue to amber/);
});

test('the look of a brief in another style and light follows the brief', () => {
  const prompt = 'A fox walks through a snowy forest at night, in watercolour style';
  const [beat] = draftStoryboard(createBrief({ prompt })).beats;

  expect(beat?.stillPrompt).toMatch(/Watercolour style/);
  expect(beat?.stillPrompt).toMatch(/night with pools of practical light/);
  expect(beat?.stillPrompt).not.toMatch(/photograph|lens/i);
});

test('the product is shown as in its picture, when there is one', () => {
  const productImage = {
    key: 'assets/mug.png',
    sizeBytes: 10,
    sha256: '0'.repeat(64),
    contentType: 'image/png',
  };
  const withImage = draftStoryboard(createBrief({ productImage })).beats;
  const without = draftStoryboard(createBrief()).beats;

  expect(withImage.every((beat) => beat.stillPrompt.includes('as in the reference picture'))).toBe(true);
  expect(without.some((beat) => beat.stillPrompt.includes('reference picture'))).toBe(false);
});

test('braces in a brief are words like any other', () => {
  const { beats } = draftStoryboard(createBrief({ prompt: '{feature} $& {setting}' }));

  expect(beats[0]?.stillPrompt).toContain('{feature} $& {setting}');
});
