/** Words broken into lines, and the letter size at which they fit. */
export interface WrappedWords {
  readonly lines: readonly string[];
  /** In pixels. */
  readonly fontSize: number;
}

/** Mean width of a letter of Inter Bold, as a part of its size. */
const letterWidth = 0.58;

/**
 * Breaks text into lines that fit a box, with the largest letters that fit; cuts it with an ellipsis when even the
 * smallest do not fit. Width, height and sizes in pixels.
 */
export function wrapWords(text: string, box: { width: number; height: number }): WrappedWords {
  const largest = Math.round(Math.min(box.width / 14, box.height / 3));
  const smallest = Math.max(8, Math.round(largest / 3));
  for (let fontSize = largest; fontSize > smallest; fontSize -= 1) {
    const lines = breakLines(text, Math.floor(box.width / (fontSize * letterWidth)));
    if (lines.length * fontSize * 1.25 <= box.height) return { lines, fontSize };
  }
  const lines = breakLines(text, Math.floor(box.width / (smallest * letterWidth)));
  const fitting = Math.max(1, Math.floor(box.height / (smallest * 1.25)));
  if (lines.length <= fitting) return { lines, fontSize: smallest };
  return { lines: [...lines.slice(0, fitting - 1), `${lines[fitting - 1] ?? ''}…`], fontSize: smallest };
}

function breakLines(text: string, lettersPerLine: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((entry) => breakWord(entry, lettersPerLine))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > lettersPerLine && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function breakWord(word: string, letters: number): string[] {
  const parts = Math.ceil(word.length / letters);
  return Array.from({ length: parts }, (_, index) => word.slice(index * letters, (index + 1) * letters));
}
