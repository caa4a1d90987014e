/** Millionths of a US dollar: sums of prices without the rounding error of binary fractions. */
export type MicroUsd = number;

export function toMicroUsd(usd: number): MicroUsd {
  return Math.round(usd * 1e6);
}

/** US dollars rounded to the millionth, the unit of all sums. */
export function roundUsd(usd: number): number {
  return toMicroUsd(usd) / 1e6;
}
