import { fingerprintOf } from './artifact.ts';
import { planTimeline } from './chunks.ts';
import { hashOf } from './hash.ts';
import { unitName } from './unit.ts';
import {
  chunkPlace,
  stillPlace,
  wantedChunk,
  type WantedFrom,
  wantedScore,
  wantedStill,
} from './wanted-units.ts';

/** Takes in use whatever the revision asks for, by unit: chosen takes and kept takes. */
export function pinsOf(revision: WantedFrom): Readonly<Record<string, number>> {
  const { pins = {}, kept = {} } = revision.storyboard;
  const holding = Object.entries(kept).filter(([name, { wanted }]) => wanted === keptFor(revision, name));
  return { ...Object.fromEntries(holding.map(([name, { take }]) => [name, take])), ...pins };
}

/**
 * The key of everything asked of a unit when its take was kept. Any other request of the unit, or of the still that it
 * starts from, ends the keeping.
 */
export function keptFor(revision: WantedFrom, name: string): string {
  const { brief, storyboard } = revision;
  const still = storyboard.beats.find((beat) => unitName(stillPlace(beat)) === name);
  if (still) return wantedStill(revision, still);
  const chunk = planTimeline(storyboard.beats, brief.models.clip).find(
    (plan) => unitName(chunkPlace(plan)) === name,
  );
  const beat = storyboard.beats.find(({ id }) => id === chunk?.beat);
  if (!chunk || !beat) return wantedScore(revision);
  return hashOf([
    wantedChunk(revision, chunk),
    beat.picture ? fingerprintOf(beat.picture) : wantedStill(revision, beat),
    storyboard.pins?.[unitName(stillPlace(beat))],
  ]);
}
