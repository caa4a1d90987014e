import { findLanguage } from '../../../activities/planning/languages/find-language.ts';
import type { StoryboardDraft } from '../../../activities/planning/build-storyboard.ts';
import type { PlannedBeat } from '../../../domain/beat-count.ts';
import type { PlanFacts } from './plan-facts.ts';
import { findInstructions, findInventions } from './stop-words.ts';

/** A storyboard, or the draft of one. */
export type CheckedPlan = Pick<
  StoryboardDraft,
  'beats' | 'cast' | 'musicPrompt' | 'template' | 'warnings' | 'plannedBy'
>;

const limits = { stillPrompt: 1500, motionPrompt: 2000, title: 100 } as const;

/**
 * The checklist of a plan worth filming.
 *
 * @returns a sentence for each fault; empty for a good plan
 */
export function checkPlan(plan: CheckedPlan, facts: PlanFacts): string[] {
  return [
    ...checkContent(plan, facts),
    ...checkOrder(plan, facts),
    ...checkWords(plan, facts),
    ...checkCast(plan),
    ...plan.beats.flatMap(checkForm),
    ...checkMusic(plan, facts),
  ];
}

function checkContent(
  { beats, warnings }: CheckedPlan,
  { subject, facts, style = [], absent = [], brief }: PlanFacts,
) {
  const told = [...beats.map(textOf), ...warnings].join('\n');
  const without = (words: string) => beats.flatMap((beat, at) => (has(beat.stillPrompt, words) ? [] : [at]));
  return [
    ...(subject === undefined || brief.beats
      ? []
      : without(subject).map((at) => `Beat ${at} does not name the subject "${subject}".`)),
    ...style.flatMap((words) => without(words).map((at) => `Beat ${at} is not in the style "${words}".`)),
    ...beats.flatMap((beat, at) =>
      absent.filter((words) => has(textOf(beat), words)).map((words) => `Beat ${at} films "${words}".`),
    ),
    ...facts.filter((fact) => !has(told, fact)).map((fact) => `Nothing names "${fact}".`),
  ];
}

function checkOrder(plan: CheckedPlan, { steps = [], ending }: PlanFacts): string[] {
  const { beats, template } = plan;
  const story = beats
    .map(({ motionPrompt }) => motionPrompt)
    .join('\n')
    .toLowerCase();
  const places = steps.map((step) => story.indexOf(step.toLowerCase()));
  const early = places.slice(1).flatMap((place, at) => (place < (places[at] ?? 0) ? [steps[at + 1]] : []));
  // A recipe may end on the finished dish.
  const last = beats
    .slice(template.name === 'how_to' ? -2 : -1)
    .map(textOf)
    .join('\n');
  return [
    ...early.map((step) => `"${step}" comes too early, or never.`),
    ...(ending === undefined || has(last, ending) ? [] : [`The end does not tell "${ending}".`]),
    ...checkActions(plan, steps),
  ];
}

/** Checks for one action a shot, and for no more than a short video must hold. */
function checkActions({ beats, warnings }: CheckedPlan, steps: readonly string[]): string[] {
  const isCrowded = warnings.some((warning) => warning.includes('hold several, one after the other'));
  // An ending needs room, too.
  const most = Math.ceil((steps.length + 1) / beats.length);
  return beats.flatMap(({ stillPrompt, motionPrompt, durationSeconds }, at) => {
    const shown = steps.filter((step) => has(stillPrompt, step));
    const done = steps.filter((step) => has(motionPrompt, step));
    const isBusy = done.length > Math.max(most, durationSeconds / 5) && !isCrowded;
    return [
      ...(shown.length > 1 ? [`The still of beat ${at} shows ${shown.join(' and ')} at once.`] : []),
      ...(isBusy ? [`The motion of beat ${at} does ${done.join(' and ')}.`] : []),
    ];
  });
}

function checkWords({ beats, template }: CheckedPlan, { brief, language }: PlanFacts): string[] {
  const source = [brief.prompt, ...(brief.beats ?? []).map(({ prompt }) => prompt)].join('\n');
  const text = beats.map(textOf).join('\n');
  const spoken = findLanguage(text).code;
  return [
    ...findInventions(text, source, template.name).map((word) => `The brief says nothing of "${word}".`),
    ...findInstructions(text).map((word) => `"${word}" is an instruction, not content.`),
    ...(spoken === language ? [] : [`The plan is in ${spoken}, the brief in ${language}.`]),
  ];
}

function checkCast({ beats, cast }: CheckedPlan): string[] {
  const names = cast.map(({ name }) => name);
  return [
    ...(new Set(names).size === names.length ? [] : ['Two members of the cast share a name.']),
    ...beats.flatMap((beat, at) =>
      beat.cast.flatMap((name) => {
        const member = cast.find((one) => one.name === name);
        if (!member) return [`Beat ${at} shows "${name}", who is not in the cast.`];
        const isKept = beat.stillPrompt.includes(member.description);
        return isKept ? [] : [`Beat ${at} describes "${name}" in other words.`];
      }),
    ),
  ];
}

function checkForm(beat: PlannedBeat, at: number): string[] {
  return (['stillPrompt', 'motionPrompt', 'title'] as const).flatMap((field) => {
    const text = beat[field];
    const isWhole = text.isWellFormed() && !/\uFFFD|undefined|\[object|^\p{M}|^\s*$/u.test(text);
    return [
      ...(text.length <= limits[field]
        ? []
        : [`The ${field} of beat ${at} is longer than ${limits[field]}.`]),
      ...(isWhole ? [] : [`The ${field} of beat ${at} is broken.`]),
    ];
  });
}

function checkMusic({ musicPrompt }: CheckedPlan, { music, notMusic }: PlanFacts): string[] {
  return [
    ...(musicPrompt.length >= 10 && musicPrompt.length <= 300 ? [] : ['The music prompt has no fit length.']),
    ...(music === undefined || has(musicPrompt, music) ? [] : [`The music is not "${music}".`]),
    ...(notMusic === undefined || !has(musicPrompt, notMusic) ? [] : [`The music is "${notMusic}".`]),
  ];
}

function textOf({ stillPrompt, motionPrompt, line = '' }: PlannedBeat): string {
  return `${stillPrompt}\n${motionPrompt}\n${line}`;
}

function has(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}
