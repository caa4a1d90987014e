import type { BeatKind } from './kinds/beat-kind.ts';
import { closingBeats } from './kinds/closing-beats.ts';
import { openingBeats } from './kinds/opening-beats.ts';
import { peopleBeats } from './kinds/people-beats.ts';
import { productBeats } from './kinds/product-beats.ts';

/** Every kind of beat that the built-in planner can tell. */
export const beatLibrary: readonly BeatKind[] = [
  ...openingBeats,
  ...productBeats,
  ...peopleBeats,
  ...closingBeats,
];

/** @throws RangeError when the library has no such kind */
export function findBeatKind(kind: string): BeatKind {
  const found = beatLibrary.find((entry) => entry.kind === kind);
  if (!found) throw new RangeError(`The beat library has no kind "${kind}".`);
  return found;
}
