/** Splits at the marks and line ends that close a sentence in Latin and East Asian scripts. Never an empty entry. */
export function splitSentences(text: string): string[] {
  return clean(text.split(/(?<=[.!?…])\s+|\n+|[。！？؟।]/u));
}

export interface ClauseSplit {
  /** Whether `and`, `with` and their like separate clauses, too. Default: only marks do. */
  readonly atSmallWords?: boolean;
}

/** Splits at every mark that a reader pauses at, but not inside `1.5` or `noise-cancelling`. Never an empty entry. */
export function splitClauses(text: string, { atSmallWords = false }: ClauseSplit = {}): string[] {
  const marks = /[,;:!?…–—()[\]"“”«»„¿¡\n、，。；：！？「」『』（）،؛؟।]+|\.(?=\s|$)|\s-\s/u;
  const clauses = text.split(marks);
  const smallWords = /\s+(?:and|with|featuring|including|plus|that|which|while|but|or)\s+/i;
  return clean(atSmallWords ? clauses.flatMap((clause) => ` ${clause} `.split(smallWords)) : clauses);
}

function clean(parts: readonly string[]): string[] {
  return parts
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => /[\p{L}\p{N}\p{So}]/u.test(part));
}
