import { maxBeats } from '../../../domain/beat-count.ts';
import type { Brief } from '../../../domain/brief.ts';
import { findLanguage } from '../languages/find-language.ts';
import { findFacts, missingFacts } from './find-facts.ts';
import type { WrittenBeat, WrittenPlan } from './plan-shape.ts';
import { instructions } from './write-question.ts';

/** The faults of a plan, in words that a model can act on. */
export interface Judgement {
  /** Faults that make the plan unusable. */
  readonly problems: readonly string[];
  /** Faults of a usable plan that a second answer should mend. */
  readonly wishes: readonly string[];
  /** Sentences for people on parts of the brief that the plan leaves out. */
  readonly warnings: readonly string[];
}

/** Judges what a model planned, by signs that need no understanding. */
export function judgePlan(plan: WrittenPlan, brief: Brief): Judgement {
  const beats = plan.beats.slice(0, maxBeats(brief.durationSeconds));
  const told = beats.flatMap(({ title, still, motion, line }) => [title, still, motion, line]).join(' ');
  const strays = beats.flatMap((beat, at) => (isAbout(beat, plan, brief) ? [] : [at]));
  const missing = missingFacts(findFacts(brief.prompt, findLanguage(brief.prompt).code), told);
  const named = missing.map((fact) => `“${fact}”`).join(', ');
  return {
    problems: [
      ...otherLanguage(brief.prompt, beats),
      ...repeatsRules([plan.logline, told].join(' ')),
      ...saysNothing(beats),
      ...(strays.length * 2 > beats.length ? ['beats: most show nothing of the brief. Tell its story.'] : []),
    ],
    wishes: [
      ...tooMany(plan, brief),
      ...strays.map((at) => `beats[${at}].still: shows nothing of the brief; name its subject.`),
      ...(missing.length === 0
        ? []
        : [`beats: the brief says ${named}; show or say each of these as it is written.`]),
    ],
    warnings: missing.length === 0 ? [] : [`In no beat of the plan: ${named}.`],
  };
}

function tooMany({ beats }: WrittenPlan, { durationSeconds }: Brief): string[] {
  const most = maxBeats(durationSeconds);
  if (beats.length <= most) return [];
  return [`beats: ${beats.length} are too many. Tell the whole story, its ending too, in at most ${most}.`];
}

/** The fewest small words that show a prompt's language; a shorter prompt may be planned in any. */
const leastSmallWords = 2;
const namesOfLanguages = new Intl.DisplayNames(['en'], { type: 'language' });

function otherLanguage(prompt: string, beats: readonly WrittenBeat[]): string[] {
  const asked = findLanguage(prompt);
  const isSure = asked.code !== 'en' || countWords(prompt, asked.smallWords) >= leastSmallWords;
  const told = findLanguage(beats.flatMap(({ still, motion }) => [still, motion]).join(' '));
  if (!isSure || told.code === asked.code) return [];
  const [right, wrong] = [asked, told].map(({ code }) => namesOfLanguages.of(code) ?? code);
  return [`beats: written in ${wrong}. Write them in ${right}, the language of the brief.`];
}

function countWords(text: string, words: ReadonlySet<string>): number {
  return (text.toLowerCase().match(/[\p{L}’]+/gu) ?? []).filter((word) => words.has(word)).length;
}

/** Words in a row that count as copied. */
const copiedWords = 7;

function repeatsRules(text: string): string[] {
  const said = ` ${wordsOf(text).join(' ')} `;
  const rules = wordsOf(instructions);
  const isCopied = rules.some(
    (_, at) =>
      said.includes(` ${rules.slice(at, at + copiedWords).join(' ')} `) && at + copiedWords <= rules.length,
  );
  return isCopied ? ['The answer repeats these rules. Tell the story of the brief and nothing else.'] : [];
}

/** The fewest words that describe a picture. */
const leastStillWords = 3;

function saysNothing(beats: readonly WrittenBeat[]): string[] {
  return beats.flatMap(({ still }, at) => {
    const first = beats.findIndex((other) => other.still.toLowerCase() === still.toLowerCase());
    if (first < at) return [`beats[${at}].still: the same as in beats[${first}]. Show another moment.`];
    return wordsOf(still).length < leastStillWords
      ? [`beats[${at}].still: describe the picture in a sentence.`]
      : [];
  });
}

/** Shorter words occur in all texts of a language, so they do not count. */
const leastLetters = 3;

/** Whether a beat shows one of the cast, or shares a word with the brief; endings may differ. */
function isAbout(beat: WrittenBeat, { cast }: WrittenPlan, { prompt }: Brief): boolean {
  const shown = `${beat.still} ${beat.cast.join(' ')}`.toLowerCase();
  if (cast.some(({ name }) => shown.includes(name.toLowerCase()))) return true;
  const { smallWords } = findLanguage(prompt);
  return wordsOf(prompt).some(
    (word) => isTelling(word) && !smallWords.has(word) && shown.includes(stemOf(word)),
  );
}

function isTelling(word: string): boolean {
  return word.length >= leastLetters || !/^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word);
}

function stemOf(word: string): string {
  return word.slice(0, Math.max(leastLetters, Math.ceil(word.length * 0.7)));
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text.toLowerCase())].flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}
