/** US dollars for people: cents, and a tenth of a cent where there is one: `$3.20`, `$0.003`. */
export function showUsd(usd: number): string {
  return `$${showAmount(usd)}`;
}

/** The amount without a sign, for Markdown that renders the text between two dollar signs as a formula. */
export function showAmount(usd: number): string {
  return usd.toFixed(3).replace(/0$/, '');
}
