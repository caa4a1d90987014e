import { modelKinds } from '../../domain/media.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { type BriefProblem, checkBrief, showValue } from '../../domain/schemas/check-brief.ts';
import {
  isLocalPath,
  listPictures,
  mayUsePicture,
  pictureRule,
} from '../../domain/schemas/brief-pictures.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import { checkPlanner } from './check-planner.ts';
import type { PlannerRules } from './choose-planner.ts';
import type { OperatorLimits } from './complete-brief.ts';
import { checkModelNames } from './check-model-names.ts';
import { refuseBrief } from './refuse-brief.ts';

/** The worker's rules for briefs. */
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
  if (checked.ok) {
    problems.push(...checkAgainstOperator(checked.brief, rules), ...checkPictures(videoId, checked.brief));
  }
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
  return [...problems, ...checkModels(brief, catalogue)];
}

/** Checks keys without reading: a key outside the video's folders is refused like a missing one. */
function checkPictures(videoId: string, brief: BriefInput): BriefProblem[] {
  const owner = { videoId, tenant: brief.tenant };
  return listPictures(brief).flatMap(({ field, source }) => {
    if (source.startsWith('https:') || mayUsePicture(source, owner)) return [];
    const rule = isLocalPath(source)
      ? 'https://… or the key of an object; a path is uploaded by the client before the start'
      : pictureRule(owner);
    return [{ field, value: showValue(source), rule }];
  });
}

function checkModels(brief: BriefInput, catalogue: Catalogue): BriefProblem[] {
  return modelKinds.flatMap((kind) => {
    const asked = brief.models?.[kind] ?? catalogue.defaults[kind];
    return checkModelNames({ brief, catalogue, kind, names: [asked].flat() });
  });
}
