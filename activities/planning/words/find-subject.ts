import type { Language } from '../languages/language.ts';
import { cutAtWord } from '../../../domain/cut-at-word.ts';
import { bare, nounPhraseOf, tokensOf, trimMarks } from './noun-phrase.ts';
import type { Clause } from './split-clauses.ts';
import { splitClauses } from './split-clauses.ts';

/** Who or what a video is about. */
export interface Subject {
  /** In the words of the brief. */
  readonly name: string;
  /** The name with the brief's words right beside it, e.g. `Mira, a girl with a red umbrella`. */
  readonly description: string;
}

const longestName = 80;
const longestDescription = 200;

/**
 * Finds the subject of the first sentence that names one, else takes the first clause. A definite subject such as
 * `the rain` gives way to the first that a later sentence introduces as `a postman`.
 */
export function findSubject(sentences: readonly string[], language: Language): Subject {
  const { pronouns, openers, asides, determiners, indefinite } = language.nounPhrase;
  const opened = sentences.map((sentence) =>
    sentence.replace(title, '').replace(asides, '').replace(openers, ''),
  );
  const firstWords = opened.map((sentence) => bare(tokensOf(sentence, language)[0] ?? ''));
  const named = opened.filter(
    (sentence, at) => isNaming(sentence, opened[at] !== sentences[at]) && !isPronoun(sentence, language),
  );
  const [first = opened[0] ?? ''] = named;
  const opener = bare(tokensOf(first, language)[0] ?? '');
  const isDefinite = determiners.has(opener) && indefinite?.test(opener) === false;
  const isGoneOn = firstWords.some((word) => pronouns.test(word));
  const introduced = named.find((sentence) => indefinite?.test(bare(tokensOf(sentence, language)[0] ?? '')));
  return readSubject((isDefinite && isGoneOn ? introduced : undefined) ?? first, language);
}

/** `“Take the long way home” – a film about …` */
const title = /^["“„«][^"”“»]+["”“»]\s*[–—:,-]\s*/u;

/** `He`, but not `his` in Chinese, which is `he` and a particle. */
function isPronoun(sentence: string, language: Language): boolean {
  const [first = '', second = ''] = tokensOf(sentence, language);
  return language.nounPhrase.pronouns.test(bare(first)) && second !== '的' && second !== 'の';
}

/** Whether a sentence can name a subject: numbers, addresses, tags and unknown openings of questions cannot. */
function isNaming(sentence: string, isOpened: boolean): boolean {
  const isLink = /^\s*(?:[#@]|https?:|www\.|tel\b|\S+@)/iu.test(sentence);
  return !isLink && /^\P{L}*\p{L}/u.test(sentence) && (isOpened || !/[?？؟]$/u.test(sentence));
}

function readSubject(sentence: string, language: Language): Subject {
  const clauses = splitClauses(sentence);
  const first = clauses[0]?.text ?? '';
  const isWhen =
    isAside(first, language) &&
    !first
      .split(' ')
      .slice(1)
      .some((word) => language.nounPhrase.ends.test(word));
  const start = clauses.length > 1 && (isWhen || isShout(clauses, sentence)) ? 1 : 0;
  const [main, next] = clauses.slice(start);
  const full = trimMarks(dropAdverbial(main?.text ?? sentence, language));
  const phrase = nounPhraseOf(full, language);
  const name = upperFirst(cutAtWord(phrase, longestName));
  const apposition =
    phrase === full && main?.mark.trim() === ',' ? appositionOf(next?.text ?? '', language) : '';
  const description = apposition === '' ? name : `${name}, ${apposition}`;
  return { name, description: description.length <= longestDescription ? description : name };
}

/** `On a stormy night, …` does not name the subject. */
function isAside(clause: string, { nounPhrase }: Language): boolean {
  const [first = ''] = clause.split(' ');
  return nounPhrase.joiners.has(first.toLowerCase()) || nounPhrase.ends.test(first);
}

/** `On Monday the baker …` names the subject after the second noun, and `findet ein Junge …` after the verb. */
function dropAdverbial(clause: string, language: Language): string {
  const { joiners, determiners } = language.nounPhrase;
  const tokens = clause.split(' ');
  const [first = '', second = ''] = tokens;
  if (
    language.nounPhrase.capitalNouns &&
    /^\p{Ll}/u.test(first) &&
    !determiners.has(first) &&
    determiners.has(second)
  )
    return tokens.slice(1).join(' ');
  if (!isAside(clause, language)) return clause;
  const start = tokens.findIndex(
    (token, at) => at > 1 && determiners.has(bare(token)) && !joiners.has(bare(tokens[at - 1] ?? '')),
  );
  return start === -1 ? clause : tokens.slice(start).join(' ');
}

/** `IMPORTANT: new opening hours` is about the hours. */
function isShout([label]: readonly Clause[], sentence: string): boolean {
  return (
    label !== undefined &&
    /[:：]/.test(label.mark) &&
    /^\P{Ll}+$/u.test(label.text) &&
    /\p{Ll}/u.test(sentence)
  );
}

/** `…, a girl with a red umbrella`: a noun phrase and nothing more. */
function appositionOf(clause: string, language: Language): string {
  const text = trimMarks(clause);
  const [first = ''] = text.split(' ');
  const opens = language.nounPhrase.determiners.has(first.toLowerCase());
  return opens && text.includes(' ') && nounPhraseOf(text, language) === text ? text : '';
}

export function upperFirst(text: string): string {
  // A word with a capital further on, such as iPhone, is a name and stays as it is.
  const isName = /^\S+\p{Lu}|^(?:https?:|www\.)/u.test(text);
  const [first = ''] = text;
  const upper = first.toUpperCase();
  // ß would become two letters.
  return isName || upper.length !== first.length ? text : upper + text.slice(first.length);
}
