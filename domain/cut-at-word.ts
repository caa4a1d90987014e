const words = new Intl.Segmenter('und', { granularity: 'word' });
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Shortens a text to at most `maxLength` UTF-16 units, between words and never inside a visible character, in any
 * script. Drops punctuation that would dangle at the end. Cuts a single word that is too long.
 */
export function cutAtWord(text: string, maxLength: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= maxLength) return trimmed;
  const cut = dropDanglingMarks(fillUp(trimmed, { maxLength, segmenter: words }));
  if (cut === '') return fillUp(trimmed, { maxLength, segmenter: graphemes });
  // The segmenter ends a word at a hyphen, but "noise" does not mean "noise-cancelling".
  const lastSpace = cut.lastIndexOf(' ');
  return trimmed[cut.length] === '-' && lastSpace > 0 ? dropDanglingMarks(cut.slice(0, lastSpace)) : cut;
}

interface Filling {
  readonly maxLength: number;
  readonly segmenter: Intl.Segmenter;
}

function fillUp(text: string, { maxLength, segmenter }: Filling): string {
  let filled = '';
  for (const { segment } of segmenter.segment(text)) {
    if (filled.length + segment.length > maxLength) break;
    filled += segment;
  }
  return filled;
}

function dropDanglingMarks(text: string): string {
  return text.replace(/[\s,;:.–—(\-/&"'“‘«¿¡、，。]+$/u, '');
}
