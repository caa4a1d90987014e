import type { Language, NounPhraseWords } from '../languages/language.ts';

const mostWords = 12;

/** The beginning of a clause up to where its noun phrase ends. */
export function nounPhraseOf(clause: string, language: Language): string {
  const tokens = tokensOf(clause, language);
  const { nounPhrase } = language;
  const length = nounPhrase.topics
    ? topicLength(tokens, nounPhrase)
    : nounPhrase.capitalNouns
      ? capitalLength(tokens, nounPhrase)
      : phraseLength(tokens, nounPhrase);
  return trimMarks(tokens.slice(0, shorten(tokens, length, nounPhrase)).join(gapOf(language)));
}

function shorten(tokens: readonly string[], length: number, { joiners }: NounPhraseWords): number {
  if (length <= mostWords) return length;
  const at = tokens.findIndex((token, index) => index > 2 && joiners.has(bare(token)));
  return at === -1 ? length : Math.min(at, length);
}

function phraseLength(tokens: readonly string[], words: NounPhraseWords): number {
  const { determiners, joiners, ends, verbEnding, pastEnding, ways } = words;
  for (let at = 1; at < tokens.length; at += 1) {
    const [before = '', token = ''] = tokens.slice(at - 1, at + 1).map(bare);
    if (ways?.test(token) && at > 2 && /(?:[^s]s|ed)$/.test(before)) return at - 1;
    if (ends.test(token)) return joiners.has(before) ? at - 1 : at;
    const next = bare(tokens[at + 1] ?? '');
    if (at > 1 && pastEnding?.test(token) && (next === '' || determiners.has(next) || joiners.has(next)))
      return at;
    // `the baker La Espiga`: a capital makes it a name.
    const isName = /^\p{Lu}\p{Ll}*$/u.test(tokens[at] ?? '');
    const afterVerb = determiners.has(token) && !isName && !joiners.has(before) && !determiners.has(before);
    if (afterVerb && at > 1) return /^(?:this|every|each|these)$/.test(token) ? at : at - 1;
    if (at > 1 && at < tokens.length - 1 && /^an?$/.test(bare(tokens[0] ?? '')) && verbEnding?.test(token))
      return at;
  }
  return tokens.length;
}

/** The noun phrase's length where nouns have capitals: adjectives, nouns, and joiners with the words they join. */
function capitalLength(tokens: readonly string[], { determiners, joiners }: NounPhraseWords): number {
  let end = 0;
  let wantsNoun = true;
  for (const [at, token] of tokens.entries()) {
    const word = bare(token);
    const isNoun = /^\p{P}*[\p{Lu}\p{N}]/u.test(token) && !(at === 0 && determiners.has(word));
    if (!isNoun && !wantsNoun && !joiners.has(word)) break;
    if (isNoun) end = at + 1;
    wantsNoun = isNoun ? wantsNoun && /^\P{L}+$/u.test(token) : true;
  }
  return end === 0 ? tokens.length : end;
}

/** The topic's length where a particle marks it. */
function topicLength(tokens: readonly string[], { topics, ends }: NounPhraseWords): number {
  const topic = tokens.findIndex((token, at) => at > 0 && topics?.test(token));
  const end = topic === -1 ? tokens.findIndex((token, at) => at > 0 && ends.test(token)) : topic;
  return end === -1 ? tokens.length : end;
}

export function tokensOf(text: string, language: Language): string[] {
  if (gapOf(language) === ' ') return text.split(' ').filter(Boolean);
  const segments = new Intl.Segmenter(language.code, { granularity: 'word' }).segment(text);
  return [...segments].map(({ segment }) => segment);
}

/** The gap between words: a space, or nothing in scripts without spaces. */
function gapOf({ comma }: Language): string {
  return comma.endsWith(' ') ? ' ' : '';
}

export function bare(token: string): string {
  return token.toLowerCase().replace(/^[\p{P}]+|[\p{P}]+$/gu, '');
}

/** Text that is nothing but marks stays as it is. */
export function trimMarks(text: string): string {
  const bareText = text.replace(/[\s.,;:!?…。！？、，；：।؟،؛–—-]+$/u, '').replace(/^[\s,;:、，]+/u, '');
  return bareText || text.trim();
}
