/** US dollars to the millionth, as everything is counted: without the dust of binary fractions. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}
