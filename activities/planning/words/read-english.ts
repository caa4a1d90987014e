import { cutAtWord } from './cut-at-word.ts';
import { findSetting } from './find-setting.ts';
import { pickFeatures } from './pick-features.ts';
import { splitClauses, splitSentences } from './split-text.ts';
import { determiners, subjectEnds } from './word-lists.ts';

/** What an English text is about. */
export interface EnglishReading {
  /** Empty when nothing looks like a subject. */
  readonly subject: string;
  readonly features: readonly string[];
  readonly setting?: string;
}

const maxSubjectLength = 56;
const maxSubjectWords = 8;

/** How people begin when they ask for a video, in the order in which the parts stand. */
const requestParts: readonly RegExp[] = [
  /^(?:please\s+|can you\s+|i (?:want|need|would like)\s+)+/i,
  /^(?:to\s+)?(?:make|create|produce|generate|shoot|design|write|give|build)\s+(?:me\s+|us\s+)?/i,
  /^(?:[\w-]+\s+){0,6}?(?:video|ad|advert|advertisement|commercial|clip|spot|teaser|trailer|film|reel|promo|animation)s?\b\s*(?:(?:for|about|of|on|showing|that shows|featuring|announcing|introducing|presenting|promoting|celebrating|to announce|to promote|to launch|(?:should |must )?(?:shows?|features?|presents?))\s+|[:,–—-]\s*|\.?$)/i,
  /^(?:introducing|announcing|presenting|meet|discover|say hello to|shows?)\s*:?\s+/i,
  /^we(?:['’]re|['’]ve| are| have)?\s+(?:now\s+|just\s+)?(?:launch|open|introduc|releas|announc|start|present|unveil)\w*\s+/i,
];

/** A sentence that begins like this does not name its subject. */
const pronouns: ReadonlySet<string> = new Set(['i', 'we', 'you', 'it', 'they', 'he', 'she', 'there']);

/** Takes an English text apart by its small words: who or what, where, and what else is said of it. */
export function readEnglish(text: string): EnglishReading {
  const story = splitSentences(text).map(dropRequest).filter(Boolean).join(' . ');
  const setting = findSetting(story);
  const rest = setting === undefined ? story : leaveOutSetting(story, setting);
  const clauses = splitClauses(rest, { atSmallWords: true });
  const subject = readSubject(rest) || readSubject(clauses[0] ?? text);
  const features = pickFeatures(leaveOut(subject, clauses), subject);
  const bare = { subject: withArticle(subject), features };
  return setting === undefined ? bare : { ...bare, setting: lowerFirst(setting) };
}

/** `Make a 15-second ad for our mug` and `We are launching our mug` are about the same as `our mug`. */
function dropRequest(sentence: string): string {
  return requestParts.reduce((rest, part) => rest.replace(part, ''), sentence).trim();
}

/** With `, ridden` before `along the canals`, which says nothing without it. */
function leaveOutSetting(story: string, setting: string): string {
  const at = story.indexOf(setting);
  return `${story.slice(0, at).replace(/,\s*\w+(?:ed|en|ing)\s+$/i, '')}, ${story.slice(at + setting.length)}`;
}

function readSubject(text: string): string {
  const clause = /^[\s,.]*([^,;:.!?()–—"\n]*)/u.exec(text)?.[1] ?? '';
  const tokens = clause
    .replace(new RegExp(`^(?:(?:${determiners})\\s+)+`, 'i'), '')
    .trim()
    .split(' ');
  if (pronouns.has(tokens[0]?.toLowerCase() ?? '')) return '';
  const end = tokens.findIndex((token) => subjectEnds.has(token.toLowerCase()));
  const phrase = tokens.slice(0, Math.min(end === -1 ? tokens.length : end, maxSubjectWords)).join(' ');
  return cutAtWord(phrase, maxSubjectLength).replace(/\s+(?:and|of|or|an?|the)$/i, '');
}

/** Takes the subject out of every clause; what is left of one must be more than a single word to count. */
function leaveOut(subject: string, clauses: readonly string[]): string[] {
  if (subject === '') return [...clauses];
  return clauses.flatMap((clause) => {
    const rest = clause.replace(subject, ' ').trim();
    return rest === clause || rest.includes(' ') ? [rest] : [];
  });
}

/** A name keeps its capital and needs no article. */
function withArticle(subject: string): string {
  return /^[a-z]/.test(subject) ? `the ${subject}` : subject;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
