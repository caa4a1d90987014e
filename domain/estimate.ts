import type { Brief, FailurePolicy, ModelChoice } from './brief.ts';
import { planTimeline } from './chunks.ts';
import { roundUsd } from './round-usd.ts';
import type { Beat, CastMember, Storyboard, TemplateChoice, Truncation } from './storyboard.ts';

/** Which video to price. */
export interface EstimateRequest {
  /** The id it would have: where the brief names no seed, the plan follows from it. */
  readonly videoId: string;
  /** As the caller wrote it; nothing is assumed of it. */
  readonly input: unknown;
}

/** What one phase buys. */
export interface PhasePrice {
  readonly phase: 'plan' | 'storyboard' | 'chunks' | 'music';
  /** Name in the catalogue. */
  readonly model: string;
  readonly units: number;
  /** The most that one unit costs, in US dollars. */
  readonly unitUsd: number;
  /** The most that all of them cost, when each is bought once. */
  readonly costUsd: number;
}

/** One beat as it would be made. */
export interface PlannedBeat {
  /** Its place in the story, from 1. */
  readonly beat: number;
  readonly purpose: string;
  readonly title: string;
  /** Names of the cast whom it shows. */
  readonly cast: readonly string[];
  readonly startSeconds: number;
  /** What is shown of it. */
  readonly keptSeconds: number;
  readonly stillPrompt: string;
  readonly motionPrompt: string;
  /** Words to be spoken. Kept for later. */
  readonly line?: string;
  /** Pictures that the image model is shown with the prompt, as the brief names them, without queries. */
  readonly references: readonly string[];
  /** Predictions of the clip model it needs. */
  readonly chunks: number;
}

/** What a video would be, and the most it would cost, when everything is bought once. */
export interface Estimate {
  /** A start under this id, with the same brief, makes this storyboard, unless `beatsMayDiffer`. */
  readonly videoId: string;
  readonly title: string;
  readonly durationSeconds: number;
  readonly plannedBy: string;
  readonly template: TemplateChoice;
  readonly logline?: string;
  readonly cast: readonly CastMember[];
  /** Whether a language model plans: it is not asked for an estimate, which shows the built-in planner's beats. */
  readonly beatsMayDiffer?: true;
  /** A sentence that says how a language model would plan; absent where one does, or was not wanted. */
  readonly betterPlan?: string;
  /** In story order. */
  readonly beats: readonly PlannedBeat[];
  /** Absent where no music is wanted. */
  readonly musicPrompt?: string;
  /** Sentences that name what of the brief was left out. */
  readonly warnings: readonly string[];
  /** In the order of the phases; those that buy nothing are left out. */
  readonly phases: readonly PhasePrice[];
  /** In US dollars. */
  readonly highestUsd: number;
  /** Of the brief, in US dollars. */
  readonly budgetUsd?: number;
  /** Of the brief: whether units that fail, and money that ends, wait for a person. */
  readonly onFailure?: FailurePolicy;
  readonly truncation?: Truncation;
}

/**
 * Puts a plan and its prices together.
 *
 * @param referencesOf pictures that the still of a beat is made from, besides its prompt
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

/** What each phase buys for these beats, at the highest prices; a row for each model. */
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

/** In US dollars, without the dust of binary fractions. */
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
