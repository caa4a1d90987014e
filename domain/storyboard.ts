import type { ArtifactRef } from './artifact.ts';
import type { ClipModelChoice, ModelChoice, Preferred, Template } from './brief.ts';

/** Lengths a beat can have on the storyboard, in seconds. */
export const beatLengths = [5, 10, 15] as const;

/** The shortest beat, in seconds; every length is a multiple of it. */
export const shortestBeatSeconds = 5;

/** One moment of the story: one place, no cut. */
export interface Beat {
  /** `b1`, `b2`, …: stays the beat's own wherever it is moved to, and is never used twice in a video. */
  readonly id: string;
  /** 0-based position in the story. */
  readonly index: number;
  /** What the moment does for the story, in snake_case, e.g. `beginning`, `step` or `result`. */
  readonly purpose: string;
  readonly title: string;
  /** Seconds from the start of the video. */
  readonly startSeconds: number;
  /** 5, 10 or 15. */
  readonly durationSeconds: number;
  /** What is shown of it: `durationSeconds`, less for a last beat that is trimmed to the length asked for. */
  readonly keptSeconds: number;
  readonly shot: string;
  readonly action: string;
  readonly cameraMovement: string;
  readonly stillPrompt: string;
  readonly motionPrompt: string;
  /** Names of the cast whom it shows; the still prompt holds the description of each, word for word. */
  readonly cast: readonly string[];
  /** Names of the references that its still is made with, in order. Absent where the brief has none. */
  readonly references?: readonly string[];
  /** Words to be spoken. Kept for later: nothing speaks them yet. */
  readonly line?: string;
  /** What this beat is made with; absent: what the brief says. */
  readonly models?: { readonly still?: Preferred<ModelChoice>; readonly clip?: Preferred<ClipModelChoice> };
  /** A person's own picture in place of a still, in the video's folder. */
  readonly picture?: ArtifactRef;
}

/** Somebody or something that recurs, e.g. the keeper and his cat. */
export interface CastMember {
  /** Unique in the storyboard. */
  readonly name: string;
  /** The one description of it, the same in every beat that shows it. */
  readonly description: string;
}

/** How the story is told, and why so. */
export interface TemplateChoice {
  readonly name: Template;
  /** A sentence, e.g. `The brief lists 5 steps.` */
  readonly reason: string;
}

/** How many beats were planned and how many were kept. */
export interface Truncation {
  readonly originalCount: number;
  readonly truncatedCount: number;
}

/** What asking a language model for the plan came to. */
export interface PlanningReport {
  /** Name in the catalogue. */
  readonly model: string;
  /** Questions that were answered, or may have been. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In US dollars. An answer that was lost counts with its highest price. */
  readonly costUsd: number;
  /** Why the built-in planner planned after all, a sentence; absent when the model did. */
  readonly fallback?: string;
}

/** A take that is kept, and what was asked of its unit then. */
export interface KeptTake {
  readonly take: number;
  readonly wanted: string;
}

/** The ordered plan of the video. */
export interface Storyboard {
  readonly template: TemplateChoice;
  /** The whole story in a sentence, where the planner wrote one. */
  readonly logline?: string;
  /** Who and what recurs. */
  readonly cast: readonly CastMember[];
  /** In story order, gapless from second 0. */
  readonly beats: readonly Beat[];
  readonly durationSeconds: number;
  readonly musicPrompt: string;
  /** The highest price of everything the plan buys, in US dollars. */
  readonly estimateUsd: number;
  /** Who planned it: `built-in`, `brief`, or the name of a language model. */
  readonly plannedBy: string;
  /** Sentences that name what of the brief was left out; empty when everything is told. */
  readonly warnings: readonly string[];
  readonly truncation?: Truncation;
  /** Present where a language model was asked. */
  readonly planning?: PlanningReport;
  /** Of the video, from 1; absent for the first. */
  readonly revision?: number;
  /** The highest number that a beat ever had; absent where that is the one of its beats. */
  readonly lastBeat?: number;
  /** How often a person asked for another one of the same, by unit; absent where nobody did. */
  readonly rolls?: Readonly<Record<string, number>>;
  /** Takes that a person chose, by unit. */
  readonly pins?: Readonly<Record<string, number>>;
  /** Takes that are kept although they do not fit, by unit, for as long as nothing else is asked of the unit. */
  readonly kept?: Readonly<Record<string, KeptTake>>;
}
