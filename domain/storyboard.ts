import type { ArtifactRef } from './artifact.ts';
import type { ClipModelChoice, ModelChoice, Preferred, Template } from './brief.ts';

/** The possible lengths of a beat, in seconds. */
export const beatLengths = [5, 10, 15] as const;

/** The shortest beat, in seconds; every length is a multiple of it. */
export const shortestBeatSeconds = 5;

/** One moment of the story: one place, no cut. */
export interface Beat {
  /** `b1`, `b2`, …: a beat keeps its id when moved, and a video never reuses one. */
  readonly id: string;
  /** 0-based position in the story. */
  readonly index: number;
  /** The moment's role in the story, in snake_case, e.g. `beginning`, `step` or `result`. */
  readonly purpose: string;
  readonly title: string;
  /** Seconds from the start of the video. */
  readonly startSeconds: number;
  /** 5, 10 or 15. */
  readonly durationSeconds: number;
  /** Length on screen: `durationSeconds`, or less for a last beat that is trimmed to the length asked for. */
  readonly keptSeconds: number;
  readonly shot: string;
  readonly action: string;
  readonly cameraMovement: string;
  readonly stillPrompt: string;
  readonly motionPrompt: string;
  /** Names of the cast in it; the still prompt contains the description of each, word for word. */
  readonly cast: readonly string[];
  /** Names of the references for its still, in order. Absent where the brief has none. */
  readonly references?: readonly string[];
  /** Words to be spoken. Kept for later: nothing speaks them yet. */
  readonly line?: string;
  /** The beat's own models. Absent: those of the brief. */
  readonly models?: { readonly still?: Preferred<ModelChoice>; readonly clip?: Preferred<ClipModelChoice> };
  /** A person's own picture in place of a still, in the video's folder. */
  readonly picture?: ArtifactRef;
}

/** A recurring person or thing, e.g. the keeper and his cat. */
export interface CastMember {
  /** Unique in the storyboard. */
  readonly name: string;
  /** The one description, the same in every beat that shows it. */
  readonly description: string;
}

/** The template, and the reason for it. */
export interface TemplateChoice {
  readonly name: Template;
  /** A sentence, e.g. `The brief lists 5 steps.` */
  readonly reason: string;
}

/** The number of planned beats and of kept beats. */
export interface Truncation {
  readonly originalCount: number;
  readonly truncatedCount: number;
}

/** Language-model usage for the plan. */
export interface PlanningReport {
  /** Name in the catalogue. */
  readonly model: string;
  /** Calls with an answer, or with a possible one. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In US dollars. A lost answer counts with its highest price. */
  readonly costUsd: number;
  /** The reason why the built-in planner planned instead, a sentence; absent when the model did. */
  readonly fallback?: string;
}

/** A kept take, and the request at the time. */
export interface KeptTake {
  readonly take: number;
  readonly wanted: string;
}

/** The ordered plan of the video. */
export interface Storyboard {
  readonly template: TemplateChoice;
  /** The whole story in a sentence, where the planner wrote one. */
  readonly logline?: string;
  /** Recurring people and things. */
  readonly cast: readonly CastMember[];
  /** In story order, gapless from second 0. */
  readonly beats: readonly Beat[];
  readonly durationSeconds: number;
  readonly musicPrompt: string;
  /** The highest price of everything the plan buys, in US dollars. */
  readonly estimateUsd: number;
  /** The planner: `built-in`, `brief`, or the name of a language model. */
  readonly plannedBy: string;
  /** Sentences that name the left-out parts of the brief; empty when nothing is left out. */
  readonly warnings: readonly string[];
  readonly truncation?: Truncation;
  /** Present where a language model was asked. */
  readonly planning?: PlanningReport;
  /** 1-based; absent for the first. */
  readonly revision?: number;
  /** The highest number that a beat ever had; absent while a present beat has it. */
  readonly lastBeat?: number;
  /** Number of times a person asked for another take of the same request, by unit; absent without any. */
  readonly rolls?: Readonly<Record<string, number>>;
  /** Takes that a person chose, by unit. */
  readonly pins?: Readonly<Record<string, number>>;
  /** Takes kept although they do not fit, by unit, until another request of the unit. */
  readonly kept?: Readonly<Record<string, KeptTake>>;
}
