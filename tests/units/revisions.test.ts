import fc from 'fast-check';

import { planTimeline } from '../../domain/chunks.ts';
import { applyEdits } from '../../domain/edits/apply-edits.ts';
import type { Edit } from '../../domain/edits/edit.ts';
import { planRevision } from '../../domain/edits/plan-revision.ts';
import type { RecordedTake } from '../../domain/recorded-take.ts';
import { checkEdits } from '../../domain/schemas/check-brief.ts';
import type { WantedFrom } from '../../domain/wanted-units.ts';
import { buyRevision } from './buy-revision.ts';
import { resourcesOf, revisionOf } from './revision-fixtures.ts';

const first = revisionOf(3);

test.each<[string, readonly Edit[], readonly string[]]>([
  ['a title', [{ op: 'title', title: 'The keeper' }], []],
  ['a still', [{ op: 'words', beat: 2, still: 'A gull' }], ['still-b2', 'chunk-b2-1']],
  ['a motion', [{ op: 'words', beat: 'b2', motion: 'It turns' }], ['chunk-b2-1']],
  ['a title of a beat', [{ op: 'words', beat: 1, title: 'Dawn' }], []],
  ['a longer beat', [{ op: 'length', beat: 1, seconds: 10 }], ['chunk-b1-2']],
  ['a beat that is moved', [{ op: 'move', beat: 3, before: 1 }], []],
  ['a beat that is removed', [{ op: 'remove', beat: 'b1' }], []],
  ['a beat that is inserted', [{ op: 'insert', still: 'A boat', after: 'b1' }], ['still-b4', 'chunk-b4-1']],
  ['another take of a still', [{ op: 'reroll', unit: 'still-b3' }], ['still-b3', 'chunk-b3-1']],
  ['another take of a chunk', [{ op: 'reroll', unit: 'chunk-b3-1' }], ['chunk-b3-1']],
  ['other music', [{ op: 'music', words: 'A harp' }], ['score']],
  ['no music', [{ op: 'music', enabled: false }], []],
  ['another model of one beat', [{ op: 'models', beat: 1, still: ['kontext'] }], ['still-b1', 'chunk-b1-1']],
  [
    'other models of all footage',
    [{ op: 'models', clip: ['veo'] }],
    ['chunk-b1-1', 'chunk-b2-1', 'chunk-b3-1'],
  ],
  [
    'another shape',
    [{ op: 'aspectRatio', aspectRatio: '9:16' }],
    ['still-b1', 'still-b2', 'still-b3', 'chunk-b1-1', 'chunk-b2-1', 'chunk-b3-1'],
  ],
  ['another size', [{ op: 'resolution', resolution: '720p' }], []],
  ['a return to the former revision', [{ op: 'rollBack', revision: 1 }], []],
  ['more money', [{ op: 'budget', usd: 9 }], []],
])('%s buys just what it makes stale', async (_what, edits, bought) => {
  const takes = await buyRevision(first, []);

  const after = mustApply(first, edits, takes);

  expect(namesOf(planRevision(after, takes, first), 'buy')).toEqual(bought);
  expect(after.storyboard.durationSeconds).toBe(after.brief.durationSeconds);
  expect(after.storyboard.beats.map(({ index }) => index)).toEqual(after.storyboard.beats.map((_, at) => at));
});

test('own steps are named that are made again', async () => {
  const takes = await buyRevision(first, []);
  const steps = (edits: readonly Edit[]) => planRevision(mustApply(first, edits, takes), takes, first).remade;

  expect(steps([{ op: 'title', title: 'x' }])).toEqual([]);
  expect(steps([{ op: 'words', beat: 2, motion: 'It turns' }])).toEqual(['clip-b2-1', 'cut', 'video']);
  expect(steps([{ op: 'remove', beat: 3 }])).toEqual(['cut', 'score', 'video']);
  expect(steps([{ op: 'music', enabled: false }])).toEqual(['video']);
  expect(steps([{ op: 'resolution', resolution: '720p' }])).toEqual([
    ...['clip-b1-1', 'clip-b2-1', 'clip-b3-1'],
    ...['cut', 'video'],
  ]);
  // All models of this catalogue deliver this resolution.
  expect(steps([{ op: 'resolution', resolution: '1080p' }])).toEqual([]);
});

/** Wrong input from people, with the expected field and rule. */
const bad: readonly [unknown, string][] = [
  [undefined, 'edits is (missing): required, a list'],
  ['words', 'edits is "words": must be a list'],
  [[], 'edits is []: at least 1 entries'],
  [Array.from({ length: 101 }, () => ({ op: 'remove', beat: 1 })), 'at most 100 entries'],
  [[{}], 'edits[0]'],
  [[{ op: 'paint' }], 'edits[0]'],
  [[{ op: 'words', beat: 1 }], 'say still, motion or title'],
  [[{ op: 'words', beat: 0, still: 'x' }], 'edits[0].beat is 0: at least 1'],
  [[{ op: 'words', beat: 1.5, still: 'x' }], 'edits[0].beat is 1.5'],
  [[{ op: 'words', beat: 'two', still: 'x' }], 'edits[0].beat is "two"'],
  [[{ op: 'words', beat: 1, still: ' ' }], 'edits[0].still is " ": at least 1 visible character'],
  [[{ op: 'words', beat: 1, still: 'x'.repeat(2001) }], 'at most 2000 characters'],
  [[{ op: 'words', beat: 1, still: 'a\u0007b' }], 'no control characters'],
  [[{ op: 'words', beat: 1, still: 'x', color: 'red' }], 'edits[0].color is "red": no such field'],
  [[{ op: 'words', beat: 4, still: 'x' }], 'edits[0].beat is 4: the video has beats 1 to 3: b1, b2, b3'],
  [[{ op: 'words', beat: 'b9', still: 'x' }], 'edits[0].beat is b9: the video has beats 1 to 3'],
  [[{ op: 'length', beat: 1, seconds: 7 }], 'edits[0].seconds is 7: one of 5, 10, 15'],
  [[{ op: 'length', beat: 1, seconds: '5' }], 'edits[0].seconds'],
  [[{ op: 'length', beat: 8, seconds: 5 }], 'edits[0].beat is 8'],
  [[{ op: 'insert' }], 'edits[0].still is (missing)'],
  [[{ op: 'insert', still: 'x', seconds: 20 }], 'edits[0].seconds is 20'],
  [[{ op: 'insert', still: 'x', before: 1, after: 1 }], 'say before or after, not both'],
  [[{ op: 'insert', still: 'x', after: 'b7' }], 'edits[0].after is b7'],
  [[{ op: 'remove', beat: 12 }], 'edits[0].beat is 12'],
  [
    [
      { op: 'remove', beat: 1 },
      { op: 'remove', beat: 1 },
      { op: 'remove', beat: 1 },
    ],
    'a video has at least one beat',
  ],
  [[{ op: 'move', beat: 1, before: 9 }], 'edits[0].before is 9'],
  [[{ op: 'move', beat: 5 }], 'edits[0].beat is 5'],
  [[{ op: 'models' }], 'name models of still, clip or score'],
  [[{ op: 'models', clip: [] }], 'edits[0].clip'],
  [[{ op: 'models', clip: 'flux' }], 'edits[0].clip is flux: no model of this kind'],
  [[{ op: 'models', still: 'Nobody!' }], 'edits[0].still'],
  [[{ op: 'models', beat: 1, score: 'lyria' }], 'music belongs to the whole video'],
  [[{ op: 'reroll', unit: 'cut' }], 'edits[0].unit is "cut": the name of a still'],
  [
    [{ op: 'reroll', unit: 'still-b8' }],
    'edits[0].unit is still-b8: a still, a chunk or the score of this video',
  ],
  [[{ op: 'reroll', unit: 'chunk-b1-2' }], 'edits[0].unit is chunk-b1-2'],
  [[{ op: 'pin', unit: 'still-b1', take: 7 }], 'edits[0].take is 7: still-b1 has takes 0'],
  [[{ op: 'pin', unit: 'still-b1', take: -1 }], 'edits[0].take is -1: at least 0'],
  [[{ op: 'pin', unit: 'still-b1' }], 'edits[0].take is (missing)'],
  [[{ op: 'unpin', unit: 'still-b1' }], 'no take of this unit was chosen'],
  [[{ op: 'picture', beat: 1, image: 'uploads/other/a.png' }], 'a picture that this video may use'],
  [[{ op: 'music' }], 'say enabled or words'],
  [[{ op: 'aspectRatio', aspectRatio: '4:3' }], 'edits[0].aspectRatio is "4:3": one of 16:9, 9:16, 1:1'],
  [[{ op: 'resolution', resolution: '4K' }], 'edits[0].resolution is "4K": one of auto, 720p, 1080p'],
  [[{ op: 'title', title: '' }], 'edits[0].title is ""'],
  [[{ op: 'rollBack', revision: 5 }], 'edits[0].revision is 5: one of 1'],
  [[{ op: 'rollBack', revision: 0 }], 'edits[0].revision is 0: at least 1'],
  [[{ op: 'budget', usd: -1 }], 'edits[0].usd is -1'],
  [Array.from({ length: 21 }, () => ({ op: 'insert', still: 'x', seconds: 15 })), 'a video lasts 5–300 s'],
];

test.each(bad.map(([edits, rule]) => ({ edits, rule })))('refused: $rule', async ({ edits, rule }) => {
  expect(await refusalOf(edits)).toContain(rule);
});

test('every problem of a list is told at once', async () => {
  const text = await refusalOf([
    { op: 'remove', beat: 9 },
    { op: 'title', title: 'ok' },
    { op: 'reroll', unit: 'still-b9' },
  ]);

  expect(text).toContain('edits[0].beat is 9');
  expect(text).toContain('edits[2].unit is still-b9');
});

const beatName = fc.integer({ min: 1, max: 4 });
const words = fc.constantFrom('A gull', 'A boat', 'The keeper', 'Fog');
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ op: fc.constant('words' as const), beat: beatName, still: words }),
  fc.record({ op: fc.constant('words' as const), beat: beatName, motion: words }),
  fc.record({ op: fc.constant('length' as const), beat: beatName, seconds: fc.constantFrom(5, 10, 15) }),
  fc.record({ op: fc.constant('insert' as const), still: words, before: beatName }),
  fc.record({ op: fc.constant('remove' as const), beat: beatName }),
  fc.record({ op: fc.constant('move' as const), beat: beatName, after: beatName }),
  fc.record({
    op: fc.constant('models' as const),
    beat: beatName,
    clip: fc.constantFrom(['hailuo'], ['veo']),
  }),
  fc.record({ op: fc.constant('models' as const), still: fc.constantFrom(['flux'], ['kontext', 'flux']) }),
  fc.record({ op: fc.constant('reroll' as const), unit: fc.constantFrom('still-b1', 'chunk-b2-1', 'score') }),
  fc.record({ op: fc.constant('music' as const), words }),
  fc.record({ op: fc.constant('music' as const), enabled: fc.boolean() }),
  fc.record({
    op: fc.constant('aspectRatio' as const),
    aspectRatio: fc.constantFrom('16:9' as const, '1:1' as const),
  }),
);

test('whatever people change, one after the other: what is bought is what the plan says, and going back buys nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 20 }), async (sequence) => {
      const revisions: WantedFrom[] = [first];
      let takes: readonly RecordedTake[] = await buyRevision(first, []);
      for (const edit of sequence) {
        const before = revisions.at(-1) ?? first;
        const edited = applyEdits(before, [edit], resourcesOf(takes, revisions));
        if (edited.problems) continue;
        const plan = planRevision(edited, takes, before);
        const after = await buyRevision(edited, takes);
        const added = after.slice(takes.length).map(({ unit }) => unit);
        expect(added).toEqual(namesOf(plan, 'buy'));
        expect(after.slice(0, takes.length)).toEqual(takes);
        // Every unit of the revision has a file now, without missing or surplus ones.
        const whole = planRevision(edited, after, before);
        expect(whole.units.every((unit) => unit.do === 'reuse')).toBe(true);
        const { beats } = edited.storyboard;
        const chunks = planTimeline(beats, edited.brief.models.clip).length;
        const music = edited.brief.music.enabled ? 1 : 0;
        expect(whole.units).toHaveLength(beats.length + chunks + music);
        takes = after;
        revisions.push(edited);
      }
      for (const revision of revisions) expect(namesOf(planRevision(revision, takes), 'buy')).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('a take that a person chose stays, whatever else is changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 10 }), async (sequence) => {
      let takes: readonly RecordedTake[] = await buyRevision(first, []);
      let now = mustApply(first, [{ op: 'pin', unit: 'still-b1', take: 0 }], takes);
      const isOther = (edit: Edit) => edit.op !== 'reroll' || edit.unit !== 'still-b1';
      for (const edit of sequence.filter(isOther)) {
        const edited = applyEdits(now, [edit], resourcesOf(takes, [first]));
        if (edited.problems) continue;
        now = edited;
        takes = await buyRevision(now, takes);
        const pinned = planRevision(now, takes).units.find(({ name }) => name === 'still-b1');
        expect([undefined, 0]).toContain(pinned?.take);
      }
    }),
    { numRuns: 200 },
  );
});

function mustApply(before: WantedFrom, edits: readonly Edit[], takes: readonly RecordedTake[]): WantedFrom {
  const edited = applyEdits(before, edits, resourcesOf(takes, [before]));
  if (edited.problems) throw new Error(JSON.stringify(edited.problems));
  return edited;
}

/** The refusal as client and workers word it: first the checks of the list, then those of the video. */
async function refusalOf(edits: unknown): Promise<string> {
  const checked = checkEdits(edits);
  const takes = await buyRevision(first, []);
  const problems = checked.ok
    ? applyEdits(first, checked.edits, resourcesOf(takes, [first])).problems
    : checked.problems;
  return (problems ?? []).map(({ field, value, rule }) => `${field} is ${value}: ${rule}`).join('; ');
}

function namesOf(plan: ReturnType<typeof planRevision>, what: string): readonly string[] {
  return plan.units.filter((unit) => unit.do === what).map(({ name }) => name);
}
