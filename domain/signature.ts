/** The author of a decision and their reason, in their own words. */
export interface Signature {
  /** 1–100 characters. */
  readonly by?: string;
  /** 1–500 characters. */
  readonly reason?: string;
}

const mostCharacters = { by: 100, reason: 500 } as const;

/** @returns a sentence on the first text that is not allowed; undefined where both are */
export function describeBadSignature(
  signature: Readonly<Record<keyof Signature, unknown>>,
): string | undefined {
  for (const field of ['by', 'reason'] as const) {
    const text = signature[field];
    if (text === undefined) continue;
    const rule = `${field} is a text of 1–${mostCharacters[field]} characters`;
    if (typeof text !== 'string') return `${rule}, not ${typeof text}.`;
    if (text.trim() === '' || text.length > mostCharacters[field]) return `${rule}, not of ${text.length}.`;
  }
  return undefined;
}
