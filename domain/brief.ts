import type { ArtifactRef } from './artifact.ts';
import type { Gate } from './gates.ts';
import type { ModelKind } from './media.ts';
import type { PermitKind } from './permits.ts';
import type { Reference } from './references.ts';

/** Ways to tell a video. `plain` adds nothing to the brief's own words. */
export const templates = [
  'plain',
  'story',
  'how_to',
  'explainer',
  'product_showcase',
  'lifestyle_ad',
  'announcement',
] as const;
export type Template = (typeof templates)[number];

export const aspectRatios = ['16:9', '9:16', '1:1'] as const;
export type AspectRatio = (typeof aspectRatios)[number];

/**
 * What happens when units failed and the others are done: wait for a person, or end as failed. When a language model
 * could not plan: let the built-in planner do it, or end as failed.
 */
export const failurePolicies = ['park', 'fail'] as const;
export type FailurePolicy = (typeof failurePolicies)[number];

/** What happens when a host refuses the content: wait for a person at once, or first ask in softer words, once. */
export const refusalPolicies = ['park', 'soften'] as const;
export type RefusalPolicy = (typeof refusalPolicies)[number];

/**
 * What becomes of footage that is more than 0.25 s shorter than its model promised. `hold`: its last second in slow
 * motion, up to a second more; `slow`: all of it slower, up to a quarter more; `refuse`: it is not used.
 */
export const shortClipPolicies = ['hold', 'slow', 'refuse'] as const;
export type ShortClipPolicy = (typeof shortClipPolicies)[number];

/** How large the picture is: as the clip model delivers it, or so many lines on the shorter side. */
export const resolutions = ['auto', '720p', '1080p'] as const;
export type Resolution = (typeof resolutions)[number];

/** A model of the catalogue as the workflow needs it: no address, no key, no mapping. */
export interface ModelChoice {
  /** Name in the catalogue, e.g. `hailuo-02`. */
  readonly name: string;
  readonly host: string;
  /** The most one prediction of this model costs, in US dollars; of a language model, the most one plan costs. */
  readonly highestPriceUsd: number;
}

export interface ClipModelChoice extends ModelChoice {
  /** Footage that one prediction really delivers, in seconds. */
  readonly clipSeconds: number;
  /** Pixels of the shorter side of its footage. Absent: 1080. */
  readonly shortSide?: number;
  /** Whether it starts from a picture. Absent: it does. */
  readonly firstFrame?: boolean;
  /** Whether its footage has sound. Absent: it has none. */
  readonly nativeAudio?: boolean;
  /** Pictures of references that it can be shown beside the first frame. Absent: none. */
  readonly referenceImages?: number;
}

/** A model, and those that are tried in its place when it fails, in order. */
export type Preferred<Model extends ModelChoice> = Model & { readonly fallbacks?: readonly Model[] };

/** A beat that a person wrote, in place of the planner. */
export interface BeatRequest {
  readonly prompt: string;
  /** 5, 10 or 15. */
  readonly durationSeconds: number;
  readonly title?: string | undefined;
  readonly motionPrompt?: string | undefined;
  /** Names of the references that its still is made with. Absent: those that its words name. */
  readonly references?: readonly string[] | undefined;
}

/** What the person asked for, checked, with every default filled in. */
export interface Brief {
  readonly videoId: string;
  readonly title: string;
  /** 1–4,000 characters. */
  readonly prompt: string;
  /** Length of the finished video, 5–300. */
  readonly durationSeconds: number;
  /** Absent: the person chose none, and the planner takes the one that fits. */
  readonly template?: Template;
  readonly aspectRatio: AspectRatio;
  /** Absent: `auto`. */
  readonly resolution?: Resolution;
  /** Shown with every still. Absent where the brief has `references`, which then hold it. */
  readonly productImage?: ArtifactRef;
  /** In the order of the brief. Absent where it has none. */
  readonly references?: readonly Reference[];
  readonly models: {
    /** `built-in`, or a name of the catalogue. */
    readonly planner: string;
    /** Who is asked and paid for the plan. Absent: the built-in planner plans, or a person wrote the beats. */
    readonly languageModel?: ModelChoice;
    readonly clip: Preferred<ClipModelChoice>;
  } & Readonly<Record<Exclude<ModelKind, 'clip'>, Preferred<ModelChoice>>>;
  /** Replaces planning when present. */
  readonly beats?: readonly BeatRequest[];
  readonly music: { readonly enabled: boolean; readonly style?: string };
  readonly limits: {
    /** Predictions of this video live at once; never above the operator's limits. */
    readonly concurrentStills: number;
    readonly concurrentChunks: number;
    /** What the video may cost in all, in US dollars. Absent: no cap. */
    readonly budgetUsd?: number;
  };
  /** Kinds for which each prediction needs a permit of its host's account. Absent where the operator limits none. */
  readonly permits?: readonly PermitKind[];
  /** Sentences on what was found in the pictures, which the video tells as warnings. Absent: nothing. */
  readonly remarks?: readonly string[];
  /** Where the video waits for a person to approve it, in the order of the gates. Absent: nowhere. */
  readonly approve?: readonly Gate[];
  readonly onFailure: FailurePolicy;
  readonly onRefusal: RefusalPolicy;
  /** Absent: `hold`. */
  readonly shortClips?: ShortClipPolicy;
  readonly tenant: string;
  /** 0–2,147,483,647; the same brief with the same seed asks for the same pictures. */
  readonly seed: number;
}

/** All models that a unit may be bought with, in the order of the brief. */
export function toModels<Model extends ModelChoice>(
  preferred: Preferred<Model>,
): readonly [Model, ...Model[]] {
  return [preferred, ...(preferred.fallbacks ?? [])];
}

/** Whether any of the clip models that may be asked starts from a picture; without one, no chunk waits for another. */
export function startsFromPictures(clip: Preferred<ClipModelChoice>): boolean {
  return toModels(clip).some(({ firstFrame }) => firstFrame !== false);
}
