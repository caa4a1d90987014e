import type { BriefInput } from '../../workflows/contract/brief-schema.ts';
import type { BriefProblem } from '../../workflows/contract/check-brief.ts';
import { checkBrief, showValue } from '../../workflows/contract/check-brief.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import { checkPlanner, type PlannerRules } from './check-planner.ts';
import type { OperatorLimits } from './operator-limits.ts';
import { refuseBrief } from './refuse-brief.ts';

/** What the worker knows of what may be asked for. */
export interface BriefRules extends PlannerRules {
  readonly limits: OperatorLimits;
}

/**
 * Checks a brief against the schema, the catalogue and the operator's limits. Stores and fetches nothing.
 *
 * @throws BeatreelFailure InvalidRequest with every problem
 */
export function assessBrief(videoId: string, input: unknown, rules: BriefRules): BriefInput {
  const checked = checkBrief(input);
  const problems: BriefProblem[] = checked.ok ? [] : [...checked.problems];
  if (!/^[a-z0-9-]{1,64}$/.test(videoId)) {
    problems.push({ field: 'videoId', value: showValue(videoId), rule: '1–64 of a-z, 0-9 and -' });
  }
  if (checked.ok) problems.push(...checkAgainstOperator(checked.brief, rules));
  if (!checked.ok || problems.length > 0) refuseBrief(problems);
  return checked.brief;
}

function checkAgainstOperator(brief: BriefInput, rules: BriefRules): BriefProblem[] {
  const { limits, catalogue } = rules;
  const problems: BriefProblem[] = [];
  for (const name of ['concurrentStills', 'concurrentChunks'] as const) {
    const asked = brief.limits?.[name] ?? 0;
    if (asked > limits[name]) {
      problems.push({
        field: `limits.${name}`,
        value: String(asked),
        rule: `at most ${limits[name]}, the operator's limit`,
      });
    }
  }
  problems.push(...checkPlanner(brief, rules));
  if (brief.productImage !== undefined && /^([./~]|file:)/.test(brief.productImage)) {
    const rule = 'https://… or the key of an object; a path is uploaded by the client before the start';
    problems.push({ field: 'productImage', value: showValue(brief.productImage), rule });
  }
  return [...problems, ...checkModels(brief, catalogue)];
}

function checkModels(brief: BriefInput, catalogue: Catalogue): BriefProblem[] {
  const aspectRatio = brief.aspectRatio ?? '16:9';
  return (['still', 'clip', 'score'] as const).flatMap((kind) => {
    const name = brief.models?.[kind] ?? catalogue.defaults[kind];
    const entry = catalogue.entries.find((known) => known.name === name && known.kind === kind);
    if (!entry) {
      const known = catalogue.entries.filter((other) => other.kind === kind).map((other) => other.name);
      return [{ field: `models.${kind}`, value: showValue(name), rule: `one of ${known.join(', ')}` }];
    }
    if (
      entry.kind === 'still' &&
      brief.productImage !== undefined &&
      !entry.accepts.referenceImage &&
      brief.models?.still !== undefined
    ) {
      const rule = `${name} takes no picture of the product; leave models.still out, or productImage`;
      return [{ field: 'models.still', value: showValue(name), rule }];
    }
    if (entry.kind === 'score' || entry.accepts.aspectRatios.includes(aspectRatio)) return [];
    const rule = `${name} makes ${entry.accepts.aspectRatios.join(', ')}; choose one of those or another models.${kind}`;
    return [{ field: 'aspectRatio', value: showValue(aspectRatio), rule }];
  });
}
