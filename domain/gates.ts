import type { Brief } from './brief.ts';
import { hashOf } from './hash.ts';
import type { Medium } from './media.ts';
import type { Storyboard } from './storyboard.ts';

/** Places at which a video can wait for a person to approve it, in the order in which it comes to them. */
export const gates = ['storyboard', 'stills', 'preview'] as const;
/** A place at which a video can wait for a person to approve it. */
export type Gate = (typeof gates)[number];

/** Files that are looked at there, as far as they exist; a storyboard is words alone. */
export const shownAt: Readonly<Record<Gate, readonly Medium[]>> = {
  storyboard: [],
  stills: ['still'],
  preview: ['preview', 'still', 'score'],
};

/** A gate at which a video waits. Nothing behind it is bought before a person approves. */
export interface OpenGate {
  readonly gate: Gate;
  /** Names exactly what is to be approved: an approval carries it, and fits nothing else. */
  readonly digest: string;
  /** From 1. */
  readonly revision: number;
  /** The highest price of everything that is still to be bought, in US dollars. */
  readonly priceUsd: number;
}

/** Who said yes to what, and when. */
export interface Approval extends Pick<OpenGate, 'gate' | 'digest' | 'revision'> {
  /** As they named themselves. */
  readonly by?: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** Who ended a video at a gate. */
export interface Rejection extends Approval {
  readonly reason?: string;
}

/** Everything that the buying behind a gate follows from. */
export interface GatedPlan {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  /** What was bought before the gate and is shown at it: key of the purchase by unit. */
  readonly purchases: Readonly<Record<string, string>>;
}

/**
 * The digest of what is approved at a gate: the story with the models and their prices, and what was bought of it so far.
 * Titles, other takes of stills and the revision are not in it: an approval holds for as long as what it was given to is
 * wanted.
 *
 * @returns 16 hex digits
 */
export function digestOf(gate: Gate, { brief, storyboard, purchases }: GatedPlan): string {
  const { models, music, aspectRatio, productImage, references } = brief;
  const { beats, musicPrompt } = storyboard;
  const story = { beats: beats.map((beat) => ({ ...beat, title: undefined })), musicPrompt };
  // Other takes of footage and music are bought behind the gate, and no later one shows them.
  const isBehind = (unit: string) => unit.startsWith('chunk') || (gate !== 'preview' && unit === 'score');
  const chosen = [storyboard.rolls, storyboard.pins].map((takes = {}) =>
    Object.entries(takes).filter(([unit]) => isBehind(unit)),
  );
  const looks = { aspectRatio, productImage, references };
  return hashOf({ gate, story, chosen, models, music, looks, purchases }).slice(0, 16);
}

/** The type of the failure with which a workflow ends that was rejected; such a video counts as canceled. */
export const rejectedType = 'Rejected';

/** A sentence on how a video ended at a gate. */
export function describeRejection({ gate, by, reason }: Rejection): string {
  return `${by ?? 'Somebody'} rejected the ${gate}${reason === undefined ? '.' : `: ${reason}`}`;
}
