/**
 * Finds fields that a reader of `before` would miss in `after`, or find of another type; empty when it can read it. New
 * fields do not count, because a reader ignores them.
 *
 * @param before the shape that the reader knows
 * @param after the value that it gets
 */
export function findMissing(before: unknown, after: unknown, path = ''): string[] {
  if (before === undefined || before === null) return [];
  if (kindOf(before) !== kindOf(after)) return [`${path} was ${kindOf(before)} and is ${kindOf(after)}`];
  if (Array.isArray(before) && Array.isArray(after)) {
    const isEmpty = before.length === 0 || after.length === 0;
    return isEmpty ? [] : findMissing(before[0], after[0], `${path}[]`);
  }
  if (kindOf(before) !== 'object') return [];
  const given = after as Readonly<Record<string, unknown>>;
  return Object.entries(before).flatMap(([name, value]) =>
    findMissing(value, given[name], path === '' ? name : `${path}.${name}`),
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}
