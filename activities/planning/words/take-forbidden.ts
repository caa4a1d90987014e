import type { ForbiddingWords, Language } from '../languages/language.ts';
import { countWords } from './count-words.ts';
import { findQuoted } from './quoted.ts';
import type { Clause } from './split-clauses.ts';
import { joinClauses, splitClauses } from './split-clauses.ts';
import { hasWords } from './split-sentences.ts';

/** A sentence, and the things it forbids to show or to play. */
export interface AllowedSentence {
  /** The rest of the sentence; may be empty. */
  readonly text: string;
  /** In the words of the brief. */
  readonly forbidden: readonly string[];
}

/** Orders to the planner; a sentence that opens with one holds no story. */
const override =
  /^(?:please\s+)?(?:(?:ignore|disregard|forget)\s.{0,30}(?:instructions?|rules|prompts?)|(?:ignoriere?|vergiss)\s.{0,30}(?:Anweisungen|Regeln)|(?:ignore[rz]?|oublie[rz]?)\s.{0,30}(?:instructions|consignes)|(?:ignora|olvida)\s.{0,30}(?:instrucciones|reglas)|.{0,4}忽略.{0,12}(?:指令|指示)|.{0,12}指示を無視|تجاهل.{0,20}(?:التعليمات|الأوامر)|.{0,20}निर्देश.{0,10}(?:अनदेखा|नज़रअंदाज़))/iu;

/** Takes out phrases such as `no people`: models draw things that they are told not to draw. */
export function takeForbidden(sentence: string, { forbids, nounPhrase }: Language): AllowedSentence {
  if (override.test(sentence)) return { text: '', forbidden: [bare(sentence)] };
  const clauses = splitClauses(sentence);
  const isForbidden = findForbidden(clauses, forbids, nounPhrase.ends);
  const runs = clauses.flatMap((_, at) =>
    isForbidden[at] === true && isForbidden[at - 1] !== true ? [at] : [],
  );
  const forbidden = runs.map((start) => {
    const end = isForbidden.indexOf(false, start);
    return bare(joinClauses(clauses.slice(start, end === -1 ? clauses.length : end)));
  });
  const kept = clauses.filter((_, at) => isForbidden[at] !== true);
  const rest = takePhrase(joinClauses(kept), forbids.phrase);
  return {
    text: hasWords(rest.text) ? rest.text : '',
    forbidden: [...forbidden, ...rest.forbidden].filter(hasWords),
  };
}

/** The longest clause that continues a list of forbidden things, in words. */
const longestEntry = 5;

/** Finds forbidden things; `Do not show faces, logos or text` continues over its commas. */
function findForbidden(
  clauses: readonly Clause[],
  { clause, also, or, courtesy }: ForbiddingWords,
  verbs: RegExp,
) {
  const isShort = clauses.map(({ text }) => countWords(text) <= longestEntry);
  const isOrder = clauses.map(({ text }, at) => {
    const isBare =
      isShort[at] === true &&
      also.test(bare(text)) &&
      !bare(text)
        .split(' ')
        .some((word) => verbs.test(word));
    return isBare || clause.test(bare(text));
  });
  const first = isOrder.indexOf(true);
  if (first === -1) return isOrder;
  const end = clauses.findIndex(({ text }, at) => at > first && isShort[at] === true && or.test(text));
  const isListed = (at: number): boolean =>
    at > first && at <= end && isShort.slice(first + 1, end).every(Boolean);
  return clauses.map(
    ({ text }, at) => isOrder[at] === true || isListed(at) || (at > first && courtesy.test(bare(text))),
  );
}

function takePhrase(text: string, phrase: RegExp): AllowedSentence {
  const found = phrase.exec(text);
  if (!found || findQuoted(text)[found.index] === true) return { text, forbidden: [] };
  const left = text.slice(0, found.index).trimEnd() + text.slice(found.index + found[0].length);
  return { text: left.trim(), forbidden: [found[0].trim()] };
}

function bare(text: string): string {
  return text.replace(/^\s+|[\s.!?…。！？।]+$/gu, '');
}
