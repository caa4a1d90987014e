import type { Template } from '../../domain/brief.ts';

import type { Unit } from './words/split-sentences.ts';
import { splitInTwo } from './words/split-unit.ts';

/** The content of one beat. */
export interface Share {
  /** In order; empty where the beat shows the subject alone. */
  readonly units: readonly Unit[];
  /** How many earlier beats told the same words, from 0. */
  readonly earlier: number;
}

export interface Telling {
  readonly template: Template;
  /** In the words of the brief. */
  readonly subject: string;
}

/** Templates whose last entry, an ending or the finished thing, gets its own beat. */
const withEnding: ReadonlySet<Template> = new Set<Template>(['story', 'how_to']);

/**
 * Shares a brief's content out over its beats, in order and by meaning. With more beats than entries, entries are split
 * at their pauses, then shown again; with fewer, neighbours share one.
 */
export function shareOut(units: readonly Unit[], count: number, { template, subject }: Telling): Share[] {
  const parts = splitUp(units, count, subject);
  if (parts.length > count) return group(parts, count, withEnding.has(template));
  if (template === 'how_to' && parts.length < count) {
    return [...repeat(parts, count - 1), { units: [], earlier: 1 }];
  }
  return repeat(parts, count);
}

function splitUp(units: readonly Unit[], count: number, subject: string): Unit[] {
  const parts = [...units];
  while (parts.length < count) {
    const byLength = parts
      .map(({ text }, at) => ({ at, length: text.length }))
      .sort((one, other) => other.length - one.length || one.at - other.at);
    const next = byLength
      .map(({ at }) => ({ at, halves: parts[at] && splitInTwo(parts[at], subject) }))
      .find(({ halves }) => halves !== undefined);
    if (!next?.halves) break;
    parts.splice(next.at, 1, ...next.halves);
  }
  return parts;
}

function group(units: readonly Unit[], count: number, keepEnding: boolean): Share[] {
  const isApart = keepEnding && count > 1;
  const shared = isApart ? units.slice(0, -1) : units;
  const groups = isApart ? count - 1 : count;
  const shares = Array.from({ length: groups }, (_, beat) => ({
    units: shared.filter((_unit, at) => Math.floor((at * groups) / shared.length) === beat),
    earlier: 0,
  }));
  return isApart ? [...shares, { units: units.slice(-1), earlier: 0 }] : shares;
}

/** Repeats units to fill all beats; longer ones are repeated more often. */
function repeat(units: readonly Unit[], count: number): Share[] {
  const times = units.map(() => 1);
  for (let left = count - units.length; left > 0; left -= 1) {
    const shares = units.map(({ text }, at) => text.length / (times[at] ?? 1));
    const longest = shares.indexOf(Math.max(...shares));
    times[longest] = (times[longest] ?? 0) + 1;
  }
  return units.flatMap((unit, at) =>
    Array.from({ length: times[at] ?? 1 }, (_, earlier) => ({ units: [unit], earlier })),
  );
}
