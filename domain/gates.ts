import type { Brief } from './brief.ts';
import { hashOf } from './hash.ts';
import type { Medium } from './media.ts';
import type { Storyboard } from './storyboard.ts';

/** Places at which a video can wait for approval, in the order in which a video reaches them. */
export const gates = ['storyboard', 'stills', 'preview'] as const;
/** A place at which a video can wait for approval. */
export type Gate = (typeof gates)[number];

/** Files to look at there, as far as they exist; a storyboard is words alone. */
export const shownAt: Readonly<Record<Gate, readonly Medium[]>> = {
  storyboard: [],
  stills: ['still'],
  preview: ['preview', 'still', 'score'],
};

/** A gate with a waiting video. Nothing behind it is bought before a person approves. */
export interface OpenGate {
  readonly gate: Gate;
  /** Identifies the exact content to approve; an approval carries it and fits nothing else. */
  readonly digest: string;
  /** From 1. */
  readonly revision: number;
  /** The highest price of everything still to buy, in US dollars. */
  readonly priceUsd: number;
}

/** A person's yes at a gate. */
export interface Approval extends Pick<OpenGate, 'gate' | 'digest' | 'revision'> {
  /** The person's own name for themselves. */
  readonly by?: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** A person's no at a gate, which ended the video. */
export interface Rejection extends Approval {
  readonly reason?: string;
}

/** All inputs of the purchases behind a gate. */
export interface GatedPlan {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  /** The purchases before the gate that it shows: purchase key by unit. */
  readonly purchases: Readonly<Record<string, string>>;
}

/**
 * The digest of the content approved at a gate: the story with the models and their prices, and its purchases so far.
 * Titles, other takes of stills and the revision are left out: an approval holds as long as its content is wanted.
 *
 * @returns 16 hex digits
 */
export function digestOf(gate: Gate, { brief, storyboard, purchases }: GatedPlan): string {
  const { models, music, aspectRatio, productImage, references } = brief;
  const { beats, musicPrompt } = storyboard;
  const story = { beats: beats.map((beat) => ({ ...beat, title: undefined })), musicPrompt };
  // Other takes of footage and music are bought behind the gate, and no later gate shows them.
  const isBehind = (unit: string) => unit.startsWith('chunk') || (gate !== 'preview' && unit === 'score');
  const chosen = [storyboard.rolls, storyboard.pins].map((takes = {}) =>
    Object.entries(takes).filter(([unit]) => isBehind(unit)),
  );
  const looks = { aspectRatio, productImage, references };
  return hashOf({ gate, story, chosen, models, music, looks, purchases }).slice(0, 16);
}

/** The failure type with which a rejected workflow ends; such a video counts as canceled. */
export const rejectedType = 'Rejected';

/** A sentence on a video's end at a gate. */
export function describeRejection({ gate, by, reason }: Rejection): string {
  return `${by ?? 'Somebody'} rejected the ${gate}${reason === undefined ? '.' : `: ${reason}`}`;
}
