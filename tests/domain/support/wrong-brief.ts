import type { BriefProblem } from '../../../domain/schemas/check-brief.ts';

/** A brief that must be refused, and every problem that must be named. */
export interface BadBrief {
  readonly why: string;
  readonly brief: unknown;
  readonly problems: readonly BriefProblem[];
}

export const good = { prompt: 'A red mug', durationSeconds: 15 };
export const anObject = 'must be an object';
export const noSuchField = 'no such field';
/** A long value as messages cut it, to 77 characters. */
export const cut = (character: string): string => `"${character.repeat(76)}…`;

/** One field wrong, in a brief that is good otherwise. */
export function wrong(
  field: string,
  found: unknown,
  expected: readonly [value: string, rule: string],
): BadBrief {
  const brief = { ...good, ...nest(field.split('.'), found) };
  return {
    why: `${field} ${expected[0]}`,
    brief,
    problems: [{ field, value: expected[0], rule: expected[1] }],
  };
}

function nest([first = '', ...others]: readonly string[], value: unknown): Record<string, unknown> {
  return { [first]: others.length === 0 ? value : nest(others, value) };
}

export function wrongBeat(beat: unknown, problems: readonly BriefProblem[]): BadBrief {
  return { why: `beats ${JSON.stringify(beat).slice(0, 40)}`, brief: { ...good, beats: [beat] }, problems };
}
