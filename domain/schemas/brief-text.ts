import { z } from 'zod';

/** Words of a person: something visible, without characters that break a terminal or a log. */
export function words(min: number, max: number) {
  return z
    .string()
    .overwrite(plainBreaks)
    .refine((text) => countVisible(text) >= min, { error: `at least ${min} visible character` })
    .max(max)
    .refine((text) => !hasControlCharacters(text), { error: 'no control characters' });
}

/** Replaces the line breaks of slides and word processors, and drops a byte-order mark. */
function plainBreaks(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/[\u000b\u000c\u0085\u2028\u2029]/g, '\n');
}

/** Counts characters except white space and pure format characters, such as a zero-width space. */
function countVisible(text: string): number {
  return text.match(/[^\s\p{Cf}]/gu)?.length ?? 0;
}

function hasControlCharacters(text: string): boolean {
  // People paste tab, line feed and carriage return; the rest is not text.
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text) || !text.isWellFormed();
}
