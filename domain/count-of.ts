/** A count with its noun, e.g. `1 beat`, `3 beats`. @param thing in the singular, with a plural in `s` */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
