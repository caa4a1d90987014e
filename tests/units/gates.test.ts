import { applyEdits } from '../../domain/edits/apply-edits.ts';
import type { Edit } from '../../domain/edits/edit.ts';
import { describeRejection, digestOf, gates } from '../../domain/gates.ts';
import type { WantedFrom } from '../../domain/wanted-units.ts';
import { buyRevision } from './buy-revision.ts';
import { resourcesOf, revisionOf } from './revision-fixtures.ts';

const first = revisionOf(2);
const stills = { 'still-b1': 'key-1', 'still-b2': 'key-2' };

test('a digest is 16 hex digits, and another at every gate', () => {
  const digests = gates.map((gate) => digestOf(gate, { ...first, purchases: {} }));

  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(digests).size).toBe(3);
});

test.each<[string, readonly Edit[], boolean]>([
  ['a title', [{ op: 'title', title: 'The keeper' }], true],
  ['a title of a beat', [{ op: 'words', beat: 1, title: 'Dawn' }], true],
  ['another take of a still, which is judged by its purchase', [{ op: 'reroll', unit: 'still-b1' }], true],
  ['another take of a chunk', [{ op: 'reroll', unit: 'chunk-b1-1' }], false],
  ['another take of the music', [{ op: 'reroll', unit: 'score' }], false],
  ['more money', [{ op: 'budget', usd: 9 }], true],
  ['other words', [{ op: 'words', beat: 1, still: 'A gull' }], false],
  ['another motion', [{ op: 'words', beat: 1, motion: 'It turns' }], false],
  ['another length', [{ op: 'length', beat: 1, seconds: 10 }], false],
  ['another order', [{ op: 'move', beat: 2, before: 1 }], false],
  ['a beat more', [{ op: 'insert', still: 'A boat' }], false],
  ['a beat less', [{ op: 'remove', beat: 2 }], false],
  ['another model', [{ op: 'models', clip: ['veo'] }], false],
  ['another shape', [{ op: 'aspectRatio', aspectRatio: '9:16' }], false],
  ['other music', [{ op: 'music', words: 'A harp' }], false],
  ['no music', [{ op: 'music', enabled: false }], false],
])('%s: whether what was approved still holds', async (_what, edits, holds) => {
  const takes = await buyRevision(first, []);
  const edited = applyEdits(first, edits, resourcesOf(takes, [first]));
  if (edited.problems) throw new Error(JSON.stringify(edited.problems));
  const digest = (plan: WantedFrom) => digestOf('stills', { ...plan, purchases: stills });

  expect(digest(edited) === digest(first)).toBe(holds);
});

test('the purchases looked at are part of the digest', () => {
  const digest = (purchases: Readonly<Record<string, string>>) => digestOf('stills', { ...first, purchases });

  expect(digest({ ...stills, 'still-b2': 'key-3' })).not.toBe(digest(stills));
});

test.each([
  [{ by: 'Ada', reason: 'Too dark.' }, 'Ada rejected the stills: Too dark.'],
  [{ by: 'Ada' }, 'Ada rejected the stills.'],
  [{}, 'Somebody rejected the stills.'],
])('a rejection is told with what is known of it: %j', (known, sentence) => {
  const rejection = {
    gate: 'stills',
    digest: '0'.repeat(16),
    revision: 1,
    at: '2026-11-28T12:00:00Z',
  } as const;

  expect(describeRejection({ ...rejection, ...known })).toBe(sentence);
});
