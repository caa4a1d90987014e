/** Finds the words of a prompt that none of the texts holds, each once, in order, so that no loss stays silent. */
export function findLostWords(prompt: string, texts: readonly string[]): string[] {
  const text = texts.join('\n').toLowerCase();
  const words = new Set(partsOf(text));
  const lost = partsOf(prompt).filter((part) => {
    const word = part.toLowerCase();
    return !words.has(word) && (isSpaced(word) || !text.includes(word));
  });
  return [...new Set(lost)];
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words, numbers, emoji and signs of money. */
function partsOf(text: string): string[] {
  return [...segmenter.segment(text)]
    .flatMap(({ segment }) => segment.split(/['’]/))
    .filter((segment) => /[\p{L}\p{N}\p{So}\p{Sc}]/u.test(segment));
}

/** Whether a word's script puts spaces between words; in others, word ends depend on the neighbours. */
function isSpaced(word: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u.test(word);
}
