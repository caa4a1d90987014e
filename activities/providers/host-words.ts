import { redact } from '../runtime/secrets.ts';

/** The most that is kept of what a host says. */
const maxLength = 500;

/**
 * What a host said, fit for messages, ledger and history: short, one line, and without what opens files or accounts.
 * Hosts quote the input that they could not read, signed addresses and whole files included; of an address only the origin
 * is kept, because the path of an output opens it too.
 */
export function hostWords(text: string): string {
  return (
    // No more is kept in the end, and hosts quote files of megabytes.
    redact(text.slice(0, 20 * maxLength))
      .replace(/\bdata:[\w.+-]*\/?[\w.+-]*[;,][^\s"'<>]*/g, 'data:…')
      .replace(/(https?:\/\/)(?:[^\s"'<>/?#\\]*@)?([^\s"'<>/?#\\]+)[^\s"'<>]*/g, '$1$2/…')
      // Addresses inside JSON inside a text, inside the query of an address, and in base64, whose group may begin before.
      .replace(/https?(?:\\{0,8}:|%(?:25){0,4}3A)(?:\\{1,8}\/|%(?:25){0,4}2F){2}[^\s"'<>]*/gi, 'https:…')
      .replace(/(?:aHR0cDov|aHR0cHM6|h0dHA6L|h0dHBzO|odHRwOi|odHRwcz)[\w+/=-]*/g, '…')
      .replace(/\br8_\w+/g, 'r8_…')
      .replace(/\bsk-[\w-]+/g, 'sk-…')
      // Keys of older MiniMax accounts are signed tokens (JWT).
      .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, 'eyJ…')
      // Control characters move the cursor of whoever reads it at a terminal.
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, maxLength)
  );
}

/** The same behind a comma and in quotation marks; nothing where nothing was said. */
export function quoteWords(text: string): string {
  const words = hostWords(text);
  return words === '' ? '' : `, "${words}"`;
}
