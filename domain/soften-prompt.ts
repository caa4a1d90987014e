/**
 * Words at which content filters take offence although a story rarely needs them, by stem. Without a language model
 * nobody can rewrite a prompt, but leaving these out and asking for restraint is what a person would try first.
 */
const offending =
  /\b(?:blood\w*|gor[ey]\w*|kill\w*|murder\w*|corpse\w*|dead|death\w*|violen\w*|weapon\w*|guns?|knif\w*|knives|shoot\w*|bomb\w*|explo\w*|tortur\w*|nude\w*|naked\w*|sex\w*|erotic\w*|seduc\w*|lingerie|drugs?|cocaine|suicid\w*|terror\w*|hate\w*)\b/gi;

const restraint = 'Tasteful, calm, suitable for all audiences.';

/**
 * Rewrites a prompt that a host refused, in the same words each time; one that was rewritten stays as it is.
 *
 * @returns the prompt without offending words, with a sentence that asks for restraint
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
