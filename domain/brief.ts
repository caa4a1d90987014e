import type { ArtifactRef } from './artifact.ts';
import type { Gate } from './gates.ts';
import type { ModelKind } from './media.ts';
import type { PermitKind } from './permits.ts';
import type { Reference } from './references.ts';

/** Ways to tell a video. `plain` adds nothing to the words of the brief. */
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
 * When some units failed and the others are done: wait for a person, or end as failed. When a language model could not
 * plan: use the built-in planner, or end as failed.
 */
export const failurePolicies = ['park', 'fail'] as const;
export type FailurePolicy = (typeof failurePolicies)[number];

/** When a host refuses the content: wait for a person at once, or first ask once in softer words. */
export const refusalPolicies = ['park', 'soften'] as const;
export type RefusalPolicy = (typeof refusalPolicies)[number];

/**
 * The treatment of footage that is more than 0.25 s shorter than its model promised. `hold`: its last second in slow
 * motion, up to a second more; `slow`: all of it slower, up to a quarter more; `refuse`: do not use it.
 */
export const shortClipPolicies = ['hold', 'slow', 'refuse'] as const;
export type ShortClipPolicy = (typeof shortClipPolicies)[number];

/** Size of the picture: as the clip model delivers it, or the number of lines on the shorter side. */
export const resolutions = ['auto', '720p', '1080p'] as const;
export type Resolution = (typeof resolutions)[number];

/** A model of the catalogue as the workflow needs it: no address, no key, no mapping. */
export interface ModelChoice {
  /** Name in the catalogue, e.g. `hailuo-02`. */
  readonly name: string;
  readonly host: string;
  /** The highest cost of one prediction, in US dollars; for a language model, of one plan. */
  readonly highestPriceUsd: number;
}

export interface ClipModelChoice extends ModelChoice {
  /** Length of the footage that one prediction really delivers, in seconds. */
  readonly clipSeconds: number;
  /** Pixels of the shorter side of its footage. Absent: 1080. */
  readonly shortSide?: number;
  /** Whether it starts from a picture. Absent: yes. */
  readonly firstFrame?: boolean;
  /** Whether its footage has sound. Absent: no. */
  readonly nativeAudio?: boolean;
  /** Number of reference pictures it takes beside the first frame. Absent: 0. */
  readonly referenceImages?: number;
}

/** A model with its fallbacks, tried in order when it fails. */
export type Preferred<Model extends ModelChoice> = Model & { readonly fallbacks?: readonly Model[] };

/** A beat that a person wrote, in place of the planner. */
export interface BeatRequest {
  readonly prompt: string;
  /** 5, 10 or 15. */
  readonly durationSeconds: number;
  readonly title?: string | undefined;
  readonly motionPrompt?: string | undefined;
  /** Names of the references for its still. Absent: the references that its words name. */
  readonly references?: readonly string[] | undefined;
}

/** A person's request, checked, with every default filled in. */
export interface Brief {
  readonly videoId: string;
  readonly title: string;
  /** 1–4,000 characters. */
  readonly prompt: string;
  /** Length of the finished video, 5–300. */
  readonly durationSeconds: number;
  /** Absent: the person chose none, and the planner picks a fitting one. */
  readonly template?: Template;
  readonly aspectRatio: AspectRatio;
  /** Absent: `auto`. */
  readonly resolution?: Resolution;
  /** Shown with every still. Absent where the brief has `references`, which then include it. */
  readonly productImage?: ArtifactRef;
  /** In the order of the brief. Absent: none. */
  readonly references?: readonly Reference[];
  readonly models: {
    /** `built-in`, or a name of the catalogue. */
    readonly planner: string;
    /** The language model that writes the plan. Absent: the built-in planner plans, or a person wrote the beats. */
    readonly languageModel?: ModelChoice;
    readonly clip: Preferred<ClipModelChoice>;
  } & Readonly<Record<Exclude<ModelKind, 'clip'>, Preferred<ModelChoice>>>;
  /** Replaces planning when present. */
  readonly beats?: readonly BeatRequest[];
  readonly music: { readonly enabled: boolean; readonly style?: string };
  readonly limits: {
    /** Live predictions of this video at once; never above the operator's limits. */
    readonly concurrentStills: number;
    readonly concurrentChunks: number;
    /** The most the whole video may cost, in US dollars. Absent: no cap. */
    readonly budgetUsd?: number;
  };
  /** Kinds whose predictions each need a permit of their host's account. Absent: the operator limits none. */
  readonly permits?: readonly PermitKind[];
  /** Findings about the pictures, as sentences; the video shows them as warnings. Absent: none. */
  readonly remarks?: readonly string[];
  /** Gates at which the video waits for approval, in their order. Absent: none. */
  readonly approve?: readonly Gate[];
  readonly onFailure: FailurePolicy;
  readonly onRefusal: RefusalPolicy;
  /** Absent: `hold`. */
  readonly shortClips?: ShortClipPolicy;
  readonly tenant: string;
  /** 0–2,147,483,647; the same brief with the same seed asks for the same pictures. */
  readonly seed: number;
}

/** All models that may make a unit, in the order of the brief. */
export function toModels<Model extends ModelChoice>(
  preferred: Preferred<Model>,
): readonly [Model, ...Model[]] {
  return [preferred, ...(preferred.fallbacks ?? [])];
}

/** Whether any of the clip models starts from a picture; otherwise no chunk waits for another one. */
export function startsFromPictures(clip: Preferred<ClipModelChoice>): boolean {
  return toModels(clip).some(({ firstFrame }) => firstFrame !== false);
}
