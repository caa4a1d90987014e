import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { builtInPlanner } from '../../domain/schemas/catalogue-schema.ts';
import { type BriefProblem, showValue } from '../../domain/schemas/check-brief.ts';
import { choosePlanner, type PlannerRules } from './choose-planner.ts';

/**
 * Checks that the planner of a brief exists and can be asked, and that the budget covers it: a plan is the first thing
 * a video buys. Beats that a person wrote need no planner.
 */
export function checkPlanner(brief: BriefInput, rules: PlannerRules): BriefProblem[] {
  const { catalogue, languageModel } = rules;
  const { name } = choosePlanner(brief, rules);
  if (name === builtInPlanner) return [];
  const field = 'models.planner';
  const value = showValue(name);
  const entry = catalogue.planners.find((planner) => planner.name === name);
  if (!entry) {
    const known = [builtInPlanner, ...catalogue.planners.map((planner) => planner.name)];
    return [{ field, value, rule: `one of ${known.join(', ')}` }];
  }
  if (brief.beats) return [];
  const unready = languageModel.whyUnready();
  const { perPlanUsd } = entry.price;
  const budgetUsd = brief.limits?.budgetUsd;
  return [
    ...(unready === undefined ? [] : [{ field, value, rule: unready }]),
    ...(budgetUsd === undefined || budgetUsd >= perPlanUsd
      ? []
      : [
          {
            field: 'limits.budgetUsd',
            value: String(budgetUsd),
            rule: `at least ${perPlanUsd}, the most that a plan by ${name} costs`,
          },
        ]),
  ];
}
