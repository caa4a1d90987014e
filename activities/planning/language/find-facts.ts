/** Lengths and shapes, which the brief says in fields of their own. */
const technical =
  /\b\d+(?:[.,]\d+)?[- ]?(?:s|sec|secs|seconds?|sekunden?|segundos?|secondes?)\b|\b\d{1,2}:\d{1,2}\b/giu;
const number = /\d+(?:[.,:]\d+)*/gu;
/** A word with a capital that does not open a sentence, and those that go on with it. */
const name = /(?<=[\p{Ll}\p{N},;:)”"’]\s)(?:\p{Lu}[\p{L}\p{N}’'-]+)(?:\s\p{Lu}[\p{L}\p{N}’'-]+)*/gu;
/** Nouns of German have capitals, and are no names for that. */
const capitalNouns = new Set(['de']);

/** Finds the numbers and names of a prompt: what a plan must not lose. Each once, in order. */
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
