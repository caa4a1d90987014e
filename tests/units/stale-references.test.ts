import type { ClipModelChoice } from '../../domain/brief.ts';
import { planRevision } from '../../domain/edits/plan-revision.ts';
import type { WantedFrom } from '../../domain/wanted-units.ts';
import { buyRevision } from './buy-revision.ts';
import { revisionOf } from './revision-fixtures.ts';

const shown = [['bottle'], ['anna'], ['bottle', 'anna'], []] as const;

/** A video with these pictures of the references and this model for footage. */
function filmOf(pictures: Readonly<Record<string, string>>, clip: Partial<ClipModelChoice> = {}): WantedFrom {
  const { brief, storyboard } = revisionOf(shown.length);
  const references = Object.entries(pictures).map(([name, sha256]) => ({
    ...{ name, kind: 'product' as const },
    image: imageOf(sha256),
  }));
  return {
    brief: { ...brief, references, models: { ...brief.models, clip: { ...brief.models.clip, ...clip } } },
    storyboard: {
      ...storyboard,
      beats: storyboard.beats.map((beat, at) => ({ ...beat, references: shown[at] ?? [] })),
    },
  };
}

const before = { bottle: 'green', anna: 'red' };

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['the same pictures', before, []],
  ['another bottle', { ...before, bottle: 'blue' }, ['b1', 'b3']],
  ['another Anna', { ...before, anna: 'blue' }, ['b2', 'b3']],
  ['both, changed for each other', { bottle: 'red', anna: 'green' }, ['b1', 'b2', 'b3']],
])('%s: just the beats that show it are stale', async (_what, pictures, beats) => {
  const first = filmOf(before);

  const { units } = planRevision(filmOf(pictures), await buyRevision(first, []), first);

  const bought = units.filter((unit) => unit.do === 'buy').map(({ name }) => name);
  expect(bought.toSorted()).toEqual(beats.flatMap((beat) => [`chunk-${beat}-1`, `still-${beat}`]).toSorted());
});

test.each<[string, Partial<ClipModelChoice>, readonly string[]]>([
  ['is shown references', { referenceImages: 7 }, ['still-b1', 'still-b3', 'chunk-b1-1', 'chunk-b3-1']],
  ['is shown none', {}, ['still-b1', 'still-b3']],
])('footage of a model that starts from no picture and %s', async (_what, shows, stale) => {
  const clip = { ...shows, firstFrame: false };
  const first = filmOf(before, clip);
  const after = filmOf({ ...before, bottle: 'blue' }, clip);

  const { units } = planRevision(after, await buyRevision(first, []), first);

  expect(units.filter((unit) => unit.do === 'buy').map(({ name }) => name)).toEqual(stale);
});

function imageOf(sha256: string) {
  return { key: `pictures/${sha256}`, sha256, sizeBytes: 1, contentType: 'image/png' };
}
