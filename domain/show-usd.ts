/** US dollars as people read them everywhere: cents, and a tenth of one where there is one: `$3.20`, `$0.003`. */
export function showUsd(usd: number): string {
  return `$${showAmount(usd)}`;
}

/** The same without the sign, for Markdown that takes what stands between two of them for a formula. */
export function showAmount(usd: number): string {
  return usd.toFixed(3).replace(/0$/, '');
}
