import { maxBeats, validateAndFixBeatCount } from '../../../domain/beat-count.ts';
import type { Brief } from '../../../domain/brief.ts';
import type { LanguageAnswer } from '../../providers/language-model.ts';
import type { StoryboardDraft } from '../build-storyboard.ts';
import { draftStoryboard } from '../build-storyboard.ts';
import { fewestBeats } from './fewest-beats.ts';
import { findJson } from './find-json.ts';
import { judgePlan } from './judge-plan.ts';
import { planSchema } from './plan-shape.ts';
import { toDraft } from './to-draft.ts';

/** The draft, or the faults that make the answer unusable, in words that a model can act on. */
export type ReadPlan =
  | {
      readonly ok: true;
      readonly draft: StoryboardDraft;
      /** Improvements for a second answer. */
      readonly wishes: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The most problems listed: a model repeats one mistake in every beat. */
const maxProblems = 10;

/**
 * Reads a model's answer and repairs what can be repaired: odd lengths, half characters, words over the limits, a cast
 * that is described anew. Too many beats can be used, too, but lose the ending.
 */
export function readPlan({ text, isCut }: LanguageAnswer, brief: Brief): ReadPlan {
  const found = findJson(text);
  if (!found) return refuse([isCut ? cutOff : 'The answer holds no JSON object that can be read.']);
  const parsed = planSchema.safeParse(found);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${showPath(path)}: ${message}`);
    return refuse(isCut ? [cutOff, ...problems] : problems);
  }
  const { problems, wishes, warnings } = judgePlan(parsed.data, brief);
  const draft = { ...toDraft(parsed.data, brief, draftStoryboard(brief)), warnings };
  const tooFew = whyTooFew(draft, brief.durationSeconds);
  const all = tooFew === undefined ? problems : [tooFew, ...problems];
  if (all.length > 0) return refuse([...all, ...wishes]);
  return { ok: true, draft, wishes: wishes.slice(0, maxProblems) };
}

const cutOff = 'The answer was cut off because it was too long. Write shorter prompts.';

function refuse(problems: readonly string[]): ReadPlan {
  return { ok: false, problems: problems.slice(0, maxProblems) };
}

function whyTooFew({ beats }: StoryboardDraft, durationSeconds: number): string | undefined {
  try {
    validateAndFixBeatCount(beats, durationSeconds);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `beats: ${reason} Write ${fewestBeats(durationSeconds)} to ${maxBeats(durationSeconds)} beats.`;
  }
}

function showPath(path: readonly PropertyKey[]): string {
  const shown = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return shown === '' ? 'the object' : shown.replace(/^\./, '');
}
