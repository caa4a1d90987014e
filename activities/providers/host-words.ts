/** The most that is kept of what a host says. */
const maxLength = 500;

/**
 * What a host said, fit for messages, ledger and history: short, one line, and without what opens files or accounts.
 * Hosts quote the input that they could not read, signed addresses and whole files included; of an address only the origin
 * is kept, because the path of an output opens it too.
 */
export function hostWords(text: string): string {
  return (
    text
      // No more is kept in the end, and hosts quote files of megabytes.
      .slice(0, 20 * maxLength)
      .replace(/\bdata:[\w.+-]*\/?[\w.+-]*[;,][^\s"'<>]*/g, 'data:…')
      .replace(/(https?:\/\/[^\s"'<>/?#]+)[^\s"'<>]*/g, '$1/…')
      .replace(/\br8_\w+/g, 'r8_…')
      .replace(/\bsk-[\w-]+/g, 'sk-…')
      // Keys of older MiniMax accounts are signed tokens (JWT).
      .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, 'eyJ…')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, maxLength)
  );
}

/** Hosts repeat keys, whatever they look like. @param key ours; one that is too short to be one is left alone */
export function redact(text: string, key: string | undefined): string {
  return key !== undefined && key.length >= 8 ? text.replaceAll(key, '…') : text;
}
