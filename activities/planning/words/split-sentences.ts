import { findQuoted } from './quoted.ts';

/** Abbreviations: a dot after them does not end a sentence. */
const abbreviated =
  /(?:^|[\s(.])(?:etc|[Tt]el|TEL|[Ff]ax|[Mm]ob|[Aa]pprox|[Ee]xt|[Mm]in|[Mm]ax|[Nn]r|[Aa]v|[Nn]úm|[Aa]rt|Dr|Mr|Mrs|Ms|Prof|St|Mt|No|vs|ca|bzw|z\. ?B|d\. ?h|u\. ?a|e\.g|i\.e|Sr|Sra|Dra|Ud|Uds|Mme|Mlle|M|Jr|Inc|Ltd|Co|\p{L}*[Ss]tr|p\. ?ex|\p{L})\.\s*$/u;
/** `am 3. Mai`, `le 1. janvier`. */
const ordinal = /(?:^|[\s.])\d{1,2}\.\s*$/;
/** Particles that follow a quotation in Japanese and belong to it. */
const saidSo = /^(?:と|って)/u;

/** The end of a sentence; dots within `3.0` and `example.org` do not match. */
const atEnd = /(?:\s|[。！？।؟][」』”’）)]*)$/u;

const endsInEmoji = /\p{Extended_Pictographic}\uFE0F?\s+$/u;

const bullet = /^\s*(?:[-*•·▪–]\s+|[1-9]\d?(?:[.)]\s+|[.)．、）]\s*(?=[^\p{Script=Latin}\d\s]))|[①-⑳]\s*)/u;

/** One sentence or list entry of a brief. */
export interface Unit {
  readonly text: string;
  /** Whether it stood in a list. */
  readonly isListed: boolean;
  /** The number or the sign that it had there. */
  readonly mark?: string;
}

/** Splits a text into the entries of its lists and its sentences, in order. Never an empty entry. */
export function splitUnits(text: string, code: string): Unit[] {
  const lines = text.split(/\s*\n\s*/).flatMap(splitNumbered);
  // A single number such as `1. Mai` does not make a list.
  const isList = lines.filter((line) => /^\s*\d/.test(line) && bullet.test(line)).length > 1;
  return lines.flatMap((line) => {
    const [found = ''] = bullet.exec(line) ?? [];
    const mark = found !== '' && (isList || !/\d/.test(found)) ? found : undefined;
    const sentences = splitSentences(mark === undefined ? line : line.slice(mark.length), code);
    return sentences.map((text) => ({ text, isListed: mark !== undefined, ...(mark ? { mark } : {}) }));
  });
}

/** Splits at the ends of sentences: not within quotation marks, `3.0`, `Dr. Who` or an address. */
export function splitSentences(text: string, code: string): string[] {
  const quoted = findQuoted(text);
  const sentences: string[] = [];
  let start = 0;
  for (const end of endsOf(text, code)) {
    const so = text.slice(start, end);
    const goesOn =
      (!atEnd.test(so) && !endsInEmoji.test(so)) ||
      (quoted[end] === true && quoted[end - 1] === true) ||
      abbreviated.test(so) ||
      (code === 'de' && ordinal.test(so)) ||
      saidSo.test(text.slice(end));
    if (goesOn && end < text.length) continue;
    // Emoji alone belong to the sentence before them.
    if (sentences.length > 0 && !/[\p{L}\p{N}]/u.test(so)) sentences.push(`${sentences.pop() ?? ''}${so}`);
    else sentences.push(so);
    start = end;
  }
  return sentences.map((sentence) => sentence.replace(/\s+/g, ' ').trim()).filter(hasWords);
}

/**
 * The places where sentences may end. Unicode's rules continue a sentence before a number (`… in the club. 12 guests
 * …`) and before a small letter; people who type in haste end sentences there, and with emoji.
 */
function endsOf(text: string, code: string): number[] {
  const segments = new Intl.Segmenter(code, { granularity: 'sentence' }).segment(text);
  const ends = [...segments].map(({ index, segment }) => index + segment.length);
  const others = [
    ...text.matchAll(/(?<=\p{L}{2}[.!?]["”»)]?)\s+(?=\d)|(?<=[\p{L}\p{N}][.!?]+["”»)]?)\s+(?=\p{Ll})/gu),
  ];
  const emoji = [...text.matchAll(/(?<=[^\s❤♥]\uFE0F?)(?<=\p{Extended_Pictographic}\uFE0F?)\s+(?=\p{L})/gu)];
  return [
    ...new Set([...ends, ...[...others, ...emoji].map(({ 0: gap, index }) => index + gap.length)]),
  ].sort((a, b) => a - b);
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}\p{So}\p{Sc}]/u.test(text);
}

/** `1. Mix. 2. Bake.` in one line, where the numbers count up from 1. */
function splitNumbered(line: string): string[] {
  const starts = [...line.matchAll(/(?:^|\s)(\d{1,2})[.)]\s+(?=\D)/g)];
  const counts = starts.length > 1 && starts.every((match, at) => Number(match[1]) === at + 1);
  if (!counts) return [line];
  const cuts = [0, ...starts.map(({ index }) => index), line.length];
  return cuts.slice(1).map((cut, at) => line.slice(cuts[at], cut));
}
