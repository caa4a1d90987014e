/** Decodes a text file of any editor: UTF-8, or UTF-16 as Windows writes it, with or without a byte-order mark. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  // The decoder drops the mark.
  return new TextDecoder(encoding).decode(bytes);
}
