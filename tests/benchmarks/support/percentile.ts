/** The smallest value that at least `share` of the values do not exceed. @param share 0–1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There is no percentile of nothing.');
  return value;
}

/** Rounds a figure for printing. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
