import { cutAtWord } from './words/cut-at-word.ts';
import { pickFeatures } from './words/pick-features.ts';
import { readEnglish } from './words/read-english.ts';
import { splitClauses } from './words/split-text.ts';
import { englishWords, foreignWords, moodWords, styleWords } from './words/word-lists.ts';

/** What the planner understood of a brief's prompt, ready to be put into sentences. */
export interface BriefWords {
  /** What the video is about, at most 60 characters, e.g. `the ceramic mug` or `Lumen One`. Never empty. */
  readonly subject: string;
  /** Other things the prompt mentions, in its order: at most 8 of at most 60 characters. May be empty. */
  readonly features: readonly string[];
  /** Where it happens, at most 70 characters with its preposition, e.g. `on a rainy morning in Kyoto`. */
  readonly setting?: string;
  /** The beginning of the prompt, at most 160 characters, when it could not be taken apart beyond its clauses. */
  readonly context?: string;
  /** At most 3, in the order of the prompt. */
  readonly moods: readonly string[];
  /** Ways of drawing that the prompt names, e.g. `watercolour`; at most 2. */
  readonly styles: readonly string[];
}

const maxSubjectLength = 60;
const maxContextLength = 160;

/**
 * Reads what a prompt is about by its marks and small words. English is read closest; any other language falls back
 * to its first clause, cut at a word. Always the same for the same text.
 */
export function readBriefWords(prompt: string): BriefWords {
  const text = prompt.replace(/[^\S\n]+/g, ' ').trim();
  const moods = findWords(text, moodWords).slice(0, 3);
  const styles = findWords(text, styleWords).slice(0, 2);
  const story = leaveOutManner(text, styles);
  const english = isEnglish(story) ? readEnglish(story) : undefined;
  const read = english?.subject ? english : readAnyLanguage(story || text);
  return { ...read, moods, styles };
}

/** Without `9:16` and `in watercolour style`, which say how it is shown and not what. */
function leaveOutManner(text: string, styles: readonly string[]): string {
  const withoutStyles = styles.reduce(
    (rest, style) => rest.replace(new RegExp(`\\b(?:in\\s+)?(?:an?\\s+)?${style}(?:\\s+style)?\\b`, 'i'), ''),
    text,
  );
  return withoutStyles.replace(/\b\d{1,2}:\d{1,2}\b/g, '').trim();
}

function isEnglish(text: string): boolean {
  const tokens = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = tokens.filter((token) => englishWords.has(token)).length;
  const foreign = tokens.filter((token) => foreignWords.has(token)).length;
  return english > foreign;
}

function readAnyLanguage(text: string): Pick<BriefWords, 'subject' | 'features' | 'context'> {
  const [first = text.replace(/\s+/g, ' '), ...others] = splitClauses(text);
  const subject = cutAtWord(first, maxSubjectLength);
  const features = pickFeatures(others, subject);
  const oneLine = text.replace(/\s+/g, ' ');
  return oneLine.startsWith(subject) && oneLine.length <= subject.length + 1
    ? { subject, features }
    : { subject, features, context: cutAtWord(oneLine, maxContextLength) };
}

function findWords(text: string, list: readonly string[]): string[] {
  return list
    .map((word) => ({
      word,
      at: text.search(new RegExp(`(?<![\\p{L}\\p{N}-])${word}(?![\\p{L}\\p{N}])`, 'iu')),
    }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}
