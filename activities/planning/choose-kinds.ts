import type { SeededRandom } from './seeded-random.ts';
import type { Act, StoryArc } from './story-arcs.ts';

/** From this many beats on, the call to action is followed by an end card. */
const beatsForTwoEndings = 8;
/** A longer middle goes through the acts again, so that no act outstays its welcome. */
const longestChapterBeats = 12;

/**
 * Chooses the kind of every beat along an arc: the opening first, the call to action (or the end card) last, the
 * acts in order between them, once per chapter of at most 12 beats. Never twice the same kind in a row.
 *
 * @param random decides the order within an act
 * @returns `count` kinds in story order; a single beat is the one that leads the arc
 */
export function chooseKinds(arc: StoryArc, count: number, random: SeededRandom): string[] {
  if (count <= 0) return [];
  const lead = arc.acts.find((act) => act.lead);
  if (count === 1) return [lead?.kinds[0] ?? arc.opening];
  const endings = count >= beatsForTwoEndings ? arc.endings : arc.endings.slice(0, 1);
  const chosen = [arc.opening];
  for (const beats of splitIntoChapters(count - 1 - endings.length)) {
    const shares = shareOut(arc.acts, beats);
    for (const [at, act] of arc.acts.entries()) {
      chosen.push(...drawFromAct(act, { count: shares[at] ?? 0, previous: chosen.at(-1), random }));
    }
  }
  return [...chosen, ...endings];
}

/** As equal as whole beats can be, the longer chapters first. */
function splitIntoChapters(beats: number): number[] {
  const chapters = Math.ceil(beats / longestChapterBeats);
  return Array.from({ length: chapters }, (_, at) => Math.ceil((beats - at) / chapters));
}

/** Whole beats by weight; what the rounding leaves goes to the largest remainders, the earlier act among equals. */
function shareOut(acts: readonly Act[], count: number): number[] {
  const total = acts.reduce((sum, act) => sum + act.weight, 0);
  const quotas = acts.map((act) => (count * act.weight) / total);
  const shares = quotas.map(Math.floor);
  const left = count - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = quotas
    .map((quota, at) => ({ at, remainder: quota - Math.floor(quota) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
  return shares;
}

interface Draw {
  readonly count: number;
  readonly previous: string | undefined;
  readonly random: SeededRandom;
}

/** Goes through the pool in ever new orders, so that a kind comes back only after all others. */
function drawFromAct(act: Act, { count, previous, random }: Draw): string[] {
  const drawn: string[] = [];
  while (drawn.length < count) {
    const isStart = drawn.length === 0;
    const [first, ...others] = act.kinds;
    const round = isStart && act.lead ? [first, ...random.shuffle(others)] : random.shuffle(act.kinds);
    if (round[0] === (drawn.at(-1) ?? previous)) round.push(...round.splice(0, 1));
    drawn.push(...round);
  }
  return drawn.slice(0, count);
}
