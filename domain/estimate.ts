import type { Brief, FailurePolicy, ModelChoice } from './brief.ts';
import { planTimeline } from './chunks.ts';
import type { Phase } from './media.ts';
import { roundUsd } from './round-usd.ts';
import type { Beat, CastMember, Storyboard, TemplateChoice, Truncation } from './storyboard.ts';

/** A request for the price of a video. */
export interface EstimateRequest {
  /** The id of the video to be; where the brief has no seed, the plan follows from this id. */
  readonly videoId: string;
  /** As the caller wrote it, unchecked. */
  readonly input: unknown;
}

/** The purchases of one phase with one model. */
export interface PhasePrice {
  readonly phase: Exclude<Phase, 'stitch'>;
  /** Name in the catalogue. */
  readonly model: string;
  readonly units: number;
  /** The highest cost of one unit, in US dollars. */
  readonly unitUsd: number;
  /** The highest cost of all units, each bought once, in US dollars. */
  readonly costUsd: number;
}

/** One beat of an estimate. */
export interface PlannedBeat {
  /** 1-based place in the story. */
  readonly beat: number;
  readonly purpose: string;
  readonly title: string;
  /** Names of the cast in it. */
  readonly cast: readonly string[];
  readonly startSeconds: number;
  /** Length on screen. */
  readonly keptSeconds: number;
  readonly stillPrompt: string;
  readonly motionPrompt: string;
  /** Words to be spoken. Kept for later. */
  readonly line?: string;
  /** Pictures that the image model gets with the prompt, as the brief names them, without queries. */
  readonly references: readonly string[];
  /** Number of clip-model predictions it needs. */
  readonly chunks: number;
}

/** A planned video and its highest cost, with everything bought once. */
export interface Estimate {
  /** A start under this id with the same brief makes this storyboard, unless `beatsMayDiffer`. */
  readonly videoId: string;
  readonly title: string;
  readonly durationSeconds: number;
  readonly plannedBy: string;
  readonly template: TemplateChoice;
  readonly logline?: string;
  readonly cast: readonly CastMember[];
  /** Whether a language model will plan. Estimates do not ask it and show the built-in planner's beats. */
  readonly beatsMayDiffer?: true;
  /** A sentence on how to get a language model's plan; absent where one plans, or where the brief wants none. */
  readonly betterPlan?: string;
  /** In story order. */
  readonly beats: readonly PlannedBeat[];
  /** Absent without music. */
  readonly musicPrompt?: string;
  /** Sentences that name the left-out parts of the brief. */
  readonly warnings: readonly string[];
  /** In the order of the phases; without phases that buy nothing. */
  readonly phases: readonly PhasePrice[];
  /** The highest cost of all phases, in US dollars. */
  readonly highestUsd: number;
  /** The brief's budget, in US dollars. */
  readonly budgetUsd?: number;
  /** The brief's policy: whether failed units, and a budget at its end, wait for a person. */
  readonly onFailure?: FailurePolicy;
  readonly truncation?: Truncation;
}

/**
 * Combines a plan with its prices.
 *
 * @param referencesOf pictures for the still of a beat, besides its prompt
 */
export function priceStoryboard(
  brief: Brief,
  storyboard: Storyboard,
  referencesOf: (beat: Beat) => readonly string[] = () => [],
): Estimate {
  const { beats, durationSeconds, plannedBy, template, logline, cast, warnings, truncation } = storyboard;
  const chunks = planTimeline(beats, brief.models.clip);
  const phases = pricePlan(brief, beats);
  const { budgetUsd } = brief.limits;
  const { languageModel } = brief.models;
  return {
    videoId: brief.videoId,
    title: brief.title,
    durationSeconds,
    plannedBy: languageModel?.name ?? plannedBy,
    ...(languageModel ? { beatsMayDiffer: true } : {}),
    template,
    logline,
    cast,
    beats: beats.map((beat) => ({
      beat: beat.index + 1,
      purpose: beat.purpose,
      title: beat.title,
      cast: beat.cast,
      startSeconds: beat.startSeconds,
      keptSeconds: beat.keptSeconds,
      stillPrompt: beat.stillPrompt,
      motionPrompt: beat.motionPrompt,
      line: beat.line,
      references: referencesOf(beat),
      chunks: chunks.filter((chunk) => chunk.beat === beat.id).length,
    })),
    ...(brief.music.enabled ? { musicPrompt: storyboard.musicPrompt } : {}),
    warnings,
    phases,
    highestUsd: totalUsd(phases),
    budgetUsd,
    onFailure: brief.onFailure,
    truncation,
  };
}

/** The purchases of each phase for these beats at the highest prices; one row for each model. */
export function pricePlan({ models, music }: Brief, beats: readonly Beat[]): PhasePrice[] {
  const { languageModel, still, clip, score } = models;
  return [
    ...(languageModel ? [priceOf('plan', languageModel, 1)] : []),
    ...priceEach(
      'storyboard',
      beats.flatMap((beat) => (beat.picture ? [] : [beat.models?.still ?? still])),
    ),
    ...priceEach(
      'chunks',
      beats.flatMap((beat) => {
        const model = beat.models?.clip ?? clip;
        return planTimeline([beat], model).map(() => model);
      }),
    ),
    ...(music.enabled ? [priceOf('music', score, 1)] : []),
  ];
}

/** @param bought the model of every unit */
function priceEach(phase: PhasePrice['phase'], bought: readonly ModelChoice[]): PhasePrice[] {
  const models = bought.filter(
    (model, index) => bought.findIndex(({ name }) => name === model.name) === index,
  );
  return models.map((model) =>
    priceOf(phase, model, bought.filter(({ name }) => name === model.name).length),
  );
}

/** Sum of all phases in US dollars, without the rounding error of binary fractions. */
export function totalUsd(phases: readonly PhasePrice[]): number {
  return roundUsd(phases.reduce((sum, { costUsd }) => sum + costUsd, 0));
}

function priceOf(
  phase: PhasePrice['phase'],
  { name, highestPriceUsd }: ModelChoice,
  units: number,
): PhasePrice {
  return { phase, model: name, units, unitUsd: highestPriceUsd, costUsd: roundUsd(units * highestPriceUsd) };
}
