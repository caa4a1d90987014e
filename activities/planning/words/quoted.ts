const closers: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“',
  '«': '»',
  '「': '」',
  '『': '』',
  '(': ')',
  '（': '）',
  '[': ']',
  '"': '"',
};

/**
 * Tells for each place of a text whether it lies between quotation marks or brackets.
 *
 * @returns one entry per UTF-16 unit; a mark that is never closed opens nothing
 */
export function findQuoted(text: string): boolean[] {
  const quoted = new Array<boolean>(text.length).fill(false);
  for (let at = 0; at < text.length; at += 1) {
    const closer = closers[text.charAt(at)];
    const end = closer === undefined ? -1 : text.indexOf(closer, at + 1);
    if (end === -1) continue;
    quoted.fill(true, at, end + 1);
    at = end;
  }
  return quoted;
}

/** The first words in quotation marks: a slogan or speech. */
export function findQuote(text: string): string | undefined {
  const found = /“([^”]+)”|„([^“]+)“|«\s*([^»]+?)\s*»|「([^」]+)」|『([^』]+)』|"([^"]+)"/u.exec(text);
  return found
    ?.slice(1)
    .find(Boolean)
    ?.replace(/[,，、،\s]+$/u, '');
}
