import type { Language } from '../languages/language.ts';

/** A sentence without the words that ask for a video. */
export interface BareSentence {
  readonly text: string;
  /** The wanted style, e.g. `black-and-white` from `make a 15-second black-and-white clip`. */
  readonly manner: string;
  /** The words taken off, with those of its manner. */
  readonly asked: readonly string[];
}

/** Takes `Make a 15-second ad for` and its like off a sentence; its content stays. */
export function dropRequests(sentence: string, language: Language): BareSentence {
  const manners: string[] = [];
  const asked: string[] = [];
  const [title = ''] = /^["“„«][^"”“»]+["”“»]\s*[–—:,-]\s*/u.exec(sentence) ?? [];
  const text = language.requests.reduce((rest, request) => {
    const match = request.exec(rest);
    if (!match) return rest;
    const { manner = '', late = '', genre = '', rest: content = '' } = match.groups ?? {};
    manners.push(leaveOutTechnical(`${genre} ${manner} ${late}`, language));
    asked.push(content === '' ? match[0] : match[0].replace(content, ' '));
    return (rest.slice(0, match.index) + content + rest.slice(match.index + match[0].length)).trim();
  }, sentence.slice(title.length));
  const rest = text.replace(/^[\s,:–—-]+/, '').replace(/\s+(?=[,.!])/, '');
  // `Make a film about it`
  const isSaid = asked.length > 0 && language.nounPhrase.pronouns.test(rest.replace(/[\s.!]+$/, ''));
  return {
    text: isSaid ? '' : title + rest,
    manner: manners.filter(Boolean).join(' '),
    asked: isSaid ? [...asked, rest] : asked,
  };
}

/** Drops lengths and shapes, for which a brief has fields. */
function leaveOutTechnical(manner: string, { style, nounPhrase }: Language): string {
  const tokens = manner.split(/\s+/).filter(Boolean);
  const kept: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const length = [4, 3, 2, 1].find((count) =>
      style.technical.test(
        tokens
          .slice(at, at + count)
          .join(' ')
          .replace(/,$/, ''),
      ),
    );
    if (length === undefined) kept.push(tokens[at] ?? '');
    at += length ?? 1;
  }
  const isSmall = (token = ''): boolean =>
    nounPhrase.joiners.has(token.toLowerCase()) || nounPhrase.determiners.has(token.toLowerCase());
  while (isSmall(kept.at(-1))) kept.pop();
  while (isSmall(kept[0])) kept.shift();
  return kept.join(' ').replace(/,$/, '');
}
