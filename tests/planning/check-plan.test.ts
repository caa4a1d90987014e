import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import type { PlannedBeat } from '../../domain/beat-count.ts';
import { planVideo } from '../../activities/planning/plan-video.ts';
import type { CheckedPlan } from './briefs/check-plan.ts';
import { checkPlan } from './briefs/check-plan.ts';
import type { BriefCase } from './briefs/plan-facts.ts';
import { briefOfCase, readBriefCases } from './briefs/plan-facts.ts';

const cases = await readBriefCases();

test('there are briefs of every kind in eight languages', () => {
  expect(cases.length).toBeGreaterThanOrEqual(32);
  expect(new Set(cases.map(({ language }) => language)).size).toBe(8);
  expect(new Set(cases.map(({ template }) => template)).size).toBeGreaterThanOrEqual(5);
});

describe.each(cases.map((one) => ({ name: one.name, one })))('$name', ({ one }) => {
  test.each(one.brief.beats ? [5, 15, 30] : [5, 15, 30, 60])(
    'is planned for %p s as the checklist asks',
    (seconds) => {
      const plan = planVideo(briefOfCase(one, seconds));
      const wasCut = (one.brief.beats?.length ?? 0) > plan.beats.length;
      // A person's beats that do not fit are named in the warnings, the last one among them.
      const facts = { ...one, ending: wasCut ? plan.beats.at(-1)?.title : one.ending };
      expect(checkPlan(plan, facts)).toEqual([]);
    },
  );

  test('tells it by the template that fits, with a reason', () => {
    const { template } = draftStoryboard(briefOfCase(one, 30));
    expect(template).toEqual({ name: one.template, reason: expect.stringMatching(/^The .+\.$/) as string });
  });

  test('gives the same plan for the same brief', () => {
    expect(draftStoryboard(briefOfCase(one, 30))).toEqual(draftStoryboard(briefOfCase(one, 30)));
  });
});

const hedgehog = caseOf('hedgehog');
const good = draftStoryboard(briefOfCase(hedgehog, 30));

test.each<[string, (plan: CheckedPlan) => CheckedPlan, RegExp]>([
  ['loses the subject', onBeat(1, () => ({ stillPrompt: 'A pond.', cast: [] })), /does not name the subject/],
  ['loses a fact', (plan) => replaceAll(plan, 'spoon', 'fork'), /Nothing names "spoon"/],
  ['loses the style', (plan) => replaceAll(plan, 'watercolour', 'nice'), /not in the style/],
  ['turns the story round', (plan) => ({ ...plan, beats: [...plan.beats].reverse() }), /comes too early/],
  ['forgets the ending', (plan) => ({ ...plan, beats: plan.beats.slice(0, -1) }), /The end does not tell/],
  ['invents a place', onBeat(0, append(' On a pale wooden table.')), /nothing of "wooden table"/],
  ['invents a medium', onBeat(0, append(' Photorealistic commercial photography.')), /nothing of "Photo/],
  [
    'films what is forbidden',
    (plan) => replaceAll(plan, 'spoon', 'spoon and HACKED'),
    /Beat \d films "HACKED"/,
  ],
  ['talks of a product', onBeat(2, append(' The hero image of the product.')), /nothing of "product"/],
  ['repeats the request', onBeat(0, append(' Make a short video.')), /is an instruction/],
  ['shows two actions at once', onBeat(0, append(' He wakes. A toad tells him to wait.')), /at once/],
  [
    'does two actions in one shot',
    onBeat(1, () => ({ motionPrompt: 'He wakes. A toad tells him to wait.' })),
    /The motion of beat 1 does wakes and tells/,
  ],
  ['changes the language', translate, /The plan is in de, the brief in en/],
  [
    'lets the cast drift',
    onBeat(1, (beat) => ({ stillPrompt: beat.stillPrompt.replace('small', 'big') })),
    /other words/,
  ],
  ['shows a stranger', onBeat(1, () => ({ cast: ['Tom'] })), /not in the cast/],
  ['writes too much', onBeat(1, append('x'.repeat(1500))), /longer than 1500/],
  ['cuts a character', onBeat(1, append('\ud83d')), /is broken/],
  ['forgets the music', (plan) => ({ ...plan, musicPrompt: '' }), /music prompt/],
])('the checklist notices a plan that %s', (_, spoil, problem) => {
  expect(checkPlan(good, hedgehog)).toEqual([]);

  expect(checkPlan(spoil(good), { ...hedgehog, absent: ['HACKED'] }).join('\n')).toMatch(problem);
});

test('the checklist notices music that does not fit', () => {
  const shoe = caseOf('trail-shoe');
  const plan = draftStoryboard(briefOfCase(shoe, 15));

  expect(checkPlan({ ...plan, musicPrompt: 'Soft piano, slow' }, shoe)).toEqual([
    'The music is not "drums".',
    'The music is "piano".',
  ]);
});

function onBeat(at: number, change: (beat: PlannedBeat) => Partial<PlannedBeat>) {
  return (plan: CheckedPlan): CheckedPlan => ({
    ...plan,
    beats: plan.beats.map((beat, index) => (index === at ? { ...beat, ...change(beat) } : beat)),
  });
}

function append(words: string) {
  return ({ stillPrompt }: PlannedBeat): Partial<PlannedBeat> => ({ stillPrompt: stillPrompt + words });
}

function replaceAll(plan: CheckedPlan, word: string, other: string): CheckedPlan {
  return JSON.parse(JSON.stringify(plan).replaceAll(word, other)) as CheckedPlan;
}

function translate(plan: CheckedPlan): CheckedPlan {
  const german =
    'Der Igel und die Kröte sitzen mit dem Mond an einem Teich und das ist ein schönes Ende für ihn.';
  return {
    ...plan,
    beats: plan.beats.map((beat) => ({ ...beat, stillPrompt: german, motionPrompt: german })),
  };
}

function caseOf(name: string): BriefCase {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`There is no brief ${name}.`);
  return found;
}
