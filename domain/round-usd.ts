/** Millionths of a US dollar: sums of prices without the dust of binary fractions. */
export type MicroUsd = number;

export function toMicroUsd(usd: number): MicroUsd {
  return Math.round(usd * 1e6);
}

/** US dollars to the millionth, as everything is counted. */
export function roundUsd(usd: number): number {
  return toMicroUsd(usd) / 1e6;
}
