const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words of a text in any script. */
export function wordsOf(text: string): string[] {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

export function countWords(text: string): number {
  return wordsOf(text).length;
}
