import type { PlannerEntry } from '../../../domain/schemas/catalogue-schema.ts';
import type { Brief } from '../../../domain/brief.ts';
import type { FailureType } from '../../../domain/failure-types.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import type { Catalogue } from '../../providers/catalogue.ts';
import type { LanguageAnswer, LanguageModel } from '../../providers/language-model.ts';
import type { ActivityRun } from '../../runtime/define-activity.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { StoryboardDraft } from '../build-storyboard.ts';
import { draftStoryboard } from '../build-storyboard.ts';
import type { Interview } from './ask-model.ts';
import { askModel } from './ask-model.ts';
import { PlanBudget } from './plan-budget.ts';
import type { ReadPlan } from './read-plan.ts';
import { readPlan } from './read-plan.ts';
import { writeQuestion, writeRepair } from './write-question.ts';

export interface PlannerDependencies {
  readonly catalogue: Catalogue;
  readonly languageModel: Pick<LanguageModel, 'ask' | 'whyUnready'>;
}

/** Writes the draft of a storyboard. */
export type DraftStoryboard = (brief: Brief, run: ActivityRun) => StoryboardDraft | Promise<StoryboardDraft>;

/** How long and how often a busy or absent server is tried before the built-in planner takes over. */
const fallBackAfterMs = 10 * 60_000;
const leastAttempts = 5;

/**
 * Creates the planner of briefs: the language model that a brief names, else the built-in one. Where the model fails,
 * the built-in planner plans, and the draft says why; with `onFailure: "fail"` planning fails instead.
 */
export function createPlanner({ catalogue, languageModel }: PlannerDependencies): DraftStoryboard {
  return async (brief, run) => {
    const { languageModel: choice } = brief.models;
    if (!choice) return draftStoryboard(brief);
    const model = findPlanner(catalogue, choice.name);
    const budget = new PlanBudget(model, run);
    try {
      assertReady(languageModel);
      const draft = await interviewModel({ languageModel, model, budget, run }, brief, catalogue);
      return { ...draft, planning: budget.report() };
    } catch (error) {
      const failure = giveUp(error, model, run);
      if (failure.type !== failureTypes.planFailed || brief.onFailure === 'fail') throw failure;
      run.log.warn('Planned without the language model', { model: model.name, reason: failure.message });
      const fallback = `${failure.message} The built-in planner planned instead.`;
      return { ...draftStoryboard(brief), planning: { ...budget.report(), fallback } };
    }
  };
}

/** Fails where this worker has no language model; the one that accepted the brief had, and others may have. */
function assertReady(languageModel: PlannerDependencies['languageModel']): void {
  const unready = languageModel.whyUnready();
  if (unready !== undefined) throw new BeatreelFailure(failureTypes.providerUnavailable, `${unready}.`);
}

/** Asks once, and once more with the faults of the answer. Of two usable answers, the better one counts. */
async function interviewModel(
  interview: Interview,
  brief: Brief,
  catalogue: Catalogue,
): Promise<StoryboardDraft> {
  const { nativeAudio } = catalogue.find(brief.models.clip.name, 'clip');
  const messages = writeQuestion(brief, { nativeAudio });
  const { answer, format } = await askModel(interview, messages, 'json_schema');
  if (isEaten(answer)) throw eaten(interview);
  const first = readPlan(answer, brief);
  const faults = first.ok ? first.wishes : first.problems;
  if (first.ok && faults.length === 0) return first.draft;
  interview.run.log.info('Storyboard sent back', { problems: faults.length });
  try {
    const repaired = await askModel(interview, writeRepair(messages, answer.text, faults), format);
    const second = readPlan(repaired.answer, brief);
    if (second.ok && !isWorse(second, first)) return second.draft;
    if (first.ok) return first.draft;
    throw notUsable(interview, second);
  } catch (error) {
    // The first answer is usable, so a failure of the second question does not matter.
    if (first.ok && error instanceof BeatreelFailure) return first.draft;
    throw error;
  }
}

/** Whether thinking used up the whole answer: another question would cost as much and fail alike. */
function isEaten({ text, isCut }: LanguageAnswer): boolean {
  return isCut && text.replace(/<think>[^]*/i, '').trim() === '';
}

function eaten({ model }: Interview): BeatreelFailure {
  return new BeatreelFailure(
    failureTypes.planFailed,
    `${model.model} spent all ${model.limits.answerTokens} tokens of its answer on thinking: ` +
      'raise limits.answerTokens of it in models.yaml, or let it think less by its parameters.',
  );
}

function isWorse(second: ReadPlan & { ok: true }, first: ReadPlan): boolean {
  return first.ok && second.wishes.length > first.wishes.length;
}

function notUsable({ model }: Interview, plan: ReadPlan): BeatreelFailure {
  const problems = plan.ok ? [] : plan.problems;
  return new BeatreelFailure(
    failureTypes.planFailed,
    `${model.model} was asked twice and wrote no storyboard that can be used: ${problems.join(' ')}`,
  );
}

/** @throws any error that is not a failure of the model */
function giveUp(error: unknown, { name }: PlannerEntry, run: ActivityRun): BeatreelFailure {
  if (!(error instanceof BeatreelFailure)) throw error;
  if (!isPlannersTrouble(error)) return error;
  const isAway = error.type === failureTypes.providerBusy || error.type === failureTypes.providerUnavailable;
  if (!isAway) {
    const problem = `${name} could not be asked: ${error.message}`;
    return new BeatreelFailure(failureTypes.planFailed, problem, { cause: error });
  }
  if (run.attempt < leastAttempts || run.sinceScheduledMs < fallBackAfterMs) return error;
  const minutes = Math.round(run.sinceScheduledMs / 60_000);
  return new BeatreelFailure(
    failureTypes.planFailed,
    `${name} was not to be had in ${minutes} minutes and ${run.attempt} attempts: ${error.message}`,
    { cause: error },
  );
}

/** Whether the built-in planner may take over: a person must mend refusals, keys and money, so these are not hidden. */
function isPlannersTrouble({ type }: BeatreelFailure): boolean {
  const others: readonly FailureType[] = [
    failureTypes.contentRejected,
    failureTypes.credentialsRejected,
    failureTypes.budgetExceeded,
    failureTypes.planFailed,
  ];
  return !others.includes(type);
}

function findPlanner({ planners }: Catalogue, name: string): PlannerEntry {
  const found = planners.find((planner) => planner.name === name);
  if (found) return found;
  const rule = `one of ${planners.map((planner) => planner.name).join(', ')}`;
  throw new BeatreelFailure(failureTypes.invalidRequest, `models.planner is "${name}": ${rule}.`);
}
