import { beatLibrary, findBeatKind } from '../../activities/planning/beat-library.ts';
import { storyArcs } from '../../activities/planning/story-arcs.ts';

test('the library tells at least 18 kinds of beats, each by a name of its own', () => {
  const kinds = beatLibrary.map((entry) => entry.kind);

  expect(kinds.length).toBeGreaterThanOrEqual(18);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const kind of kinds) expect(kind).toMatch(/^[a-z]+(_[a-z]+)*$/);
});

test('sentences have places for nothing but words the planner knows', () => {
  for (const { stills, motion, action } of beatLibrary) {
    const places = [...stills, motion, action].join(' ').match(/\{[^}]*\}/g) ?? [];
    expect(['{subject}', '{setting}', '{mood}', '{feature}']).toEqual(
      expect.arrayContaining([...new Set(places)]),
    );
  }
});

test('every arc draws from kinds of the library, and no act from one alone', () => {
  for (const { opening, acts, endings } of Object.values(storyArcs)) {
    for (const kind of [opening, ...endings, ...acts.flatMap((act) => act.kinds)]) {
      expect(findBeatKind(kind).kind).toBe(kind);
    }
    for (const act of acts) expect(act.kinds.length).toBeGreaterThan(1);
    expect(acts.filter((act) => act.lead)).toHaveLength(1);
  }
});

test('every kind is told by some template', () => {
  const told = new Set(
    Object.values(storyArcs).flatMap(({ opening, acts, endings }) => [
      opening,
      ...endings,
      ...acts.flatMap((act) => act.kinds),
    ]),
  );

  expect(beatLibrary.map((entry) => entry.kind).filter((kind) => !told.has(kind))).toEqual([]);
});

test('an unknown kind is refused by name', () => {
  expect(() => findBeatKind('explosion')).toThrow(/explosion/);
});
