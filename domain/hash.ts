/** FNV-1a followed by the murmur3 finaliser, which spreads neighbouring inputs over the whole range. */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A name for a value, the same wherever it is computed, also where no crypto library exists. It tells values apart that
 * differ by chance; it does not resist a search for two values with one name.
 *
 * @param value JSON; the order of its fields does not matter
 * @returns 32 hex digits
 */
export function hashOf(value: unknown): string {
  const text = canonicalJson(value);
  return lanes.map((lane) => hash32(text, lane).toString(16).padStart(8, '0')).join('');
}

/** Start values of four hashes of one text: the offset basis of FNV-1a, and three more odd numbers. */
const lanes = [0x811c9dc5, 0x9e3779b1, 0x85ebca77, 0xc2b2ae3d] as const;

/** JSON with sorted names and without undefined, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
