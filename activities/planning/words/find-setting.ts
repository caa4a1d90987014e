import { cutAtWord } from './cut-at-word.ts';
import { settingEnds } from './word-lists.ts';

const maxSettingLength = 70;
const maxSettingWords = 12;
/** How far around a preposition is looked, so that a long text takes no longer than it is long. */
const nearbyLength = 120;

/** Words before a preposition that make it part of a verb: `based on`, `turns on`. */
const boundVerb = /\b(?:bas|focus|rel|turn|switch|log|sign|put|hold|depend|work|try|center|centre)\w*\s+$/i;
/** Words after a preposition that make it no place: a date, a colour, a manner. */
const noPlace =
  /^(?:\W|\d|(?:black|white|red|blue|green|grey|gray|gold|silver|matte|colou?rs?|style|slow|motion|order|mind|love|detail|action|time|sale|stock|fact|use|one|two|three|all|once|last|least|demand|top|mon|tues|wednes|thurs|fri|satur|sun|january|february|march|april|may|june|july|august|september|october|november|december)(?:day)?\b)/i;

/**
 * Finds where an English text takes place.
 *
 * @returns the words as they stand in the text, beginning with the preposition; `undefined` when it names no place
 */
export function findSetting(text: string): string | undefined {
  const prepositions =
    /\b(?:in|inside|on|at|near|under|along|beside|outside|above|across|through|amid|against|around|by the)\s/gi;
  for (const match of text.matchAll(prepositions)) {
    const start = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - nearbyLength), match.index);
    const rest = text.slice(start, start + nearbyLength);
    if (boundVerb.test(before) || noPlace.test(rest)) continue;
    const phrase = match[0] + takePlace(rest);
    const setting = cutAtWord(phrase, maxSettingLength).replace(
      /(?:\s+(?:and|of|or|an?|the|in|on|at|to|by))+$/i,
      '',
    );
    if (setting.length > match[0].length + 2) return setting;
  }
  return undefined;
}

function takePlace(rest: string): string {
  const clause = /^[^,;:.!?()–—"\n]*/u.exec(rest)?.[0] ?? '';
  const tokens = clause.split(' ');
  const end = tokens.findIndex(
    (token, at) =>
      settingEnds.has(token.toLowerCase()) ||
      (/^(?:in|on|at)$/i.test(token) && noPlace.test(tokens.slice(at + 1).join(' '))),
  );
  return tokens.slice(0, Math.min(end === -1 ? tokens.length : end, maxSettingWords)).join(' ');
}
