/** Lengths a beat can have on the storyboard, in seconds. */
export const beatLengths = [5, 10, 15] as const;

/** The shortest beat, in seconds; every length is a multiple of it. */
export const shortestBeatSeconds = 5;

/** One moment of the story: one place, no cut. */
export interface Beat {
  /** 0-based position in the story. */
  readonly index: number;
  /** What the moment is for, e.g. `opening` or `call_to_action`. */
  readonly kind: string;
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

/** The ordered plan of the video. */
export interface Storyboard {
  /** In story order, gapless from second 0. */
  readonly beats: readonly Beat[];
  readonly durationSeconds: number;
  readonly musicPrompt: string;
  /** The highest price of everything the plan buys, in US dollars. */
  readonly estimateUsd: number;
  /** Who planned it: `built-in`, `brief`, or the name of a language model. */
  readonly plannedBy: string;
  readonly truncation?: Truncation;
  /** Present where a language model was asked. */
  readonly planning?: PlanningReport;
}
