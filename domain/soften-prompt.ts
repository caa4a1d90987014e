/**
 * Words that often offend content filters and that a story rarely needs, by stem. Without a language model no rewrite
 * is possible, but a person would also first drop these words and ask for restraint.
 */
const offending =
  /\b(?:blood\w*|gor[ey]\w*|kill\w*|murder\w*|corpse\w*|dead|death\w*|violen\w*|weapon\w*|guns?|knif\w*|knives|shoot\w*|bomb\w*|explo\w*|tortur\w*|nude\w*|naked\w*|sex\w*|erotic\w*|seduc\w*|lingerie|drugs?|cocaine|suicid\w*|terror\w*|hate\w*)\b/gi;

const restraint = 'Tasteful, calm, suitable for all audiences.';

/**
 * Softens a refused prompt, always with the same result; a softened prompt stays as it is.
 *
 * @returns the prompt without offending words, and a sentence that asks for restraint
 */
export function softenPrompt(prompt: string): string {
  const kept = prompt
    .replace(restraint, '')
    .replace(offending, '')
    .replace(/\s+([,.;:!?])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return kept === '' ? restraint : `${kept.replace(/[,;:]$/, '')} ${restraint}`;
}
