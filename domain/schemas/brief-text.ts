import { z } from 'zod';

/** Words a person wrote: something to see, and nothing a terminal or a log could choke on. */
export function words(min: number, max: number) {
  return z
    .string()
    .overwrite(plainBreaks)
    .refine((text) => countVisible(text) >= min, { error: `at least ${min} visible character` })
    .max(max)
    .refine((text) => !hasControlCharacters(text), { error: 'no control characters' });
}

/** What slides, word processors and files put into texts: their own line breaks, and a mark of the byte order. */
function plainBreaks(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/[\u000b\u000c\u0085\u2028\u2029]/g, '\n');
}

/** Without white space and without what only formats, such as a zero-width space. */
function countVisible(text: string): number {
  return text.match(/[^\s\p{Cf}]/gu)?.length ?? 0;
}

function hasControlCharacters(text: string): boolean {
  // Tab, line feed and carriage return are what people paste; the rest is not text.
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text) || !text.isWellFormed();
}
