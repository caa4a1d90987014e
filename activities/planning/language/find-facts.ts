/** Lengths and shapes, which have fields of their own in a brief. */
const technical =
  /\b\d+(?:[.,]\d+)?[- ]?(?:s|sec|secs|seconds?|sekunden?|segundos?|secondes?)\b|\b\d{1,2}:\d{1,2}\b/giu;
const number = /\d+(?:[.,:]\d+)*/gu;
/** A capitalised word that does not open a sentence, with the capitalised words after it. */
const name = /(?<=[\p{Ll}\p{N},;:)”"’]\s)(?:\p{Lu}[\p{L}\p{N}’'-]+)(?:\s\p{Lu}[\p{L}\p{N}’'-]+)*/gu;
/** German capitalises every noun, so capitals do not mark names. */
const capitalNouns = new Set(['de']);

/** Finds the numbers and names of a prompt, which a plan must not lose. Each once, in order. */
export function findFacts(prompt: string, languageCode: string): string[] {
  const text = prompt.replace(technical, ' ');
  const numbers = text.match(number) ?? [];
  const names = capitalNouns.has(languageCode) ? [] : (text.match(name) ?? []);
  return [...new Set([...names, ...numbers])];
}

/** The facts that a text does not hold. A number counts where it stands alone. */
export function missingFacts(facts: readonly string[], told: string): string[] {
  const lower = told.toLowerCase();
  const numbers = new Set(told.match(number) ?? []);
  return facts.filter((fact) =>
    /^\d/.test(fact) ? !numbers.has(fact) : !lower.includes(fact.toLowerCase()),
  );
}
