/**
 * Replaces references within a document by their targets, all the way down.
 *
 * @param document the target of `#/…`
 * @throws Error for a reference that leads nowhere
 */
export function dereference<T>(value: T, document: object): T {
  if (Array.isArray(value)) return value.map((item: unknown) => dereference(item, document)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as { readonly $ref?: unknown };
  if (typeof $ref === 'string') return dereference(follow($ref, document) as T, document);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [name, dereference(inner, document)]),
  ) as T;
}

function follow(reference: string, document: object): unknown {
  let found: unknown = document;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    found = (found as Readonly<Record<string, unknown>> | undefined)?.[part];
  }
  if (found === undefined) throw new Error(`${reference} leads nowhere.`);
  return found;
}
