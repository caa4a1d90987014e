import { redact } from '../runtime/secrets.ts';

/** The most characters kept of a host's words. */
const maxLength = 500;

/**
 * Cleans a host's words for messages, ledger and history: short, one line, and without secrets that open files or
 * accounts. Hosts quote input that they could not read, signed addresses and whole files included. Only the origin of
 * an address is kept, because the path of an output opens it too.
 */
export function hostWords(text: string): string {
  return (
    // Cut early: hosts quote files of megabytes, and little is kept in the end.
    redact(text.slice(0, 20 * maxLength))
      .replace(/\bdata:[\w.+-]*\/?[\w.+-]*[;,][^\s"'<>]*/g, 'data:…')
      .replace(/(https?:\/\/)(?:[^\s"'<>/?#\\]*@)?([^\s"'<>/?#\\]+)[^\s"'<>]*/g, '$1$2/…')
      // Addresses inside JSON inside a text, inside the query of an address, and in base64, whose group may begin
      // before.
      .replace(/https?(?:\\{0,8}:|%(?:25){0,4}3A)(?:\\{1,8}\/|%(?:25){0,4}2F){2}[^\s"'<>]*/gi, 'https:…')
      .replace(/(?:aHR0cDov|aHR0cHM6|h0dHA6L|h0dHBzO|odHRwOi|odHRwcz)[\w+/=-]*/g, '…')
      .replace(/\br8_\w+/g, 'r8_…')
      .replace(/\bsk-[\w-]+/g, 'sk-…')
      // Keys of older MiniMax accounts are signed tokens (JWT).
      .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, 'eyJ…')
      // Control characters would move the cursor of a terminal.
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, maxLength)
  );
}

/** The cleaned words behind a comma and in quotation marks; empty where there are none. */
export function quoteWords(text: string): string {
  const words = hostWords(text);
  return words === '' ? '' : `, "${words}"`;
}
