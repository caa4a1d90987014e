/**
 * Strings and numbers as JSON writes them; strings first, so that digits within them are left alone. A string need not
 * end: otherwise a text cut inside a string would be searched anew from each of its quotes.
 */
export const losslessTokens = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Integers of 16 digits and more may lie above 2^53, where JSON.parse would round them. */
const longInteger = /^-?\d{16,}$/;

/**
 * JSON.parse for answers that carry 64-bit ids as numbers: a long integer comes as a string of its digits.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseLossless(text: string): unknown {
  const kept = /\d{16}/.test(text)
    ? text.replace(losslessTokens, (token) => (longInteger.test(token) ? `"${token}"` : token))
    : text;
  return JSON.parse(kept) as unknown;
}
