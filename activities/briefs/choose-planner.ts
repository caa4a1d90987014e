import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { builtInPlanner } from '../../domain/schemas/catalogue-schema.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import type { LanguageModel } from '../providers/language-model.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** The worker's catalogue, language model and default planner. */
export interface PlannerRules {
  readonly catalogue: Catalogue;
  readonly languageModel: Pick<LanguageModel, 'whyUnready'>;
  /** The planner for briefs that name none, used unchecked. Default: the catalogue's, if it can be asked. */
  readonly defaultPlanner?: string | undefined;
}

/** The planner of a video. */
export interface ChosenPlanner {
  /** `built-in`, or a name of the catalogue. */
  readonly name: string;
  /** A sentence on how to get a language model's plan; absent where one plans, or none is on offer. */
  readonly betterPlan?: string;
}

const better = 'A language model would write a better plan than the built-in planner';

/**
 * Chooses the planner of a brief: the one it names, else the workers' own default, else the catalogue's. The latter is
 * chosen only where it can be asked and the budget covers it; otherwise the built-in planner. The worker that accepts a brief decides, and the brief
 * keeps it; an estimate decides in the same way.
 */
export function choosePlanner(brief: BriefInput, rules: PlannerRules): ChosenPlanner {
  const { catalogue, languageModel, defaultPlanner } = rules;
  const named = brief.models?.planner;
  if (named !== undefined) return { name: named };
  const usual = catalogue.planners.find(({ name }) => name === catalogue.defaults.planner);
  if (defaultPlanner !== undefined && defaultPlanner !== builtInPlanner) return { name: defaultPlanner };
  if (!usual || brief.beats) return { name: builtInPlanner };
  const betterPlan =
    defaultPlanner === builtInPlanner
      ? `${better}: set OPENAI_API_KEY (or OPENAI_BASE_URL, for a server of your own) and not BEATREEL_PLANNER, then start the stack or the workers again.`
      : (whyUnready(languageModel) ?? whyTooDear(brief, usual));
  return betterPlan === undefined ? { name: usual.name } : { name: builtInPlanner, betterPlan };
}

function whyUnready(languageModel: PlannerRules['languageModel']): string | undefined {
  const reason = languageModel.whyUnready();
  return reason && `${better}: ${reason}. OPENAI_BASE_URL names a server of your own.`;
}

/** A default planner that a budget cannot pay is passed over; the brief is not refused for it. */
function whyTooDear(
  { limits }: BriefInput,
  { name, price: { perPlanUsd } }: PlannerRules['catalogue']['planners'][number],
): string | undefined {
  const budgetUsd = limits?.budgetUsd;
  if (budgetUsd === undefined || budgetUsd >= perPlanUsd) return undefined;
  return `${better}: raise the budget of ${showUsd(budgetUsd)} to at least ${showUsd(perPlanUsd)}, the most that a plan by ${name} costs.`;
}
