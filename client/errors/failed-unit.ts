import type { UnitFailure, VideoProgress } from '../../domain/progress.ts';
import type { Phase } from '../../domain/media.ts';

/** A failed unit, with its name for retries. */
export interface FailedUnit {
  readonly phase: Phase;
  /** E.g. `chunk-b3-2`, the second chunk of a beat. */
  readonly name: string;
  readonly beat?: string;
  readonly chunk?: number;
  readonly failure?: UnitFailure;
  /** The refused prompt, for a unit that failed by a refusal. */
  readonly refusedWords?: string;
}

/** The failed units of a video, in the order of its phases. */
export function failedUnitsOf({ phases }: Pick<VideoProgress, 'phases'>): FailedUnit[] {
  return phases.flatMap(({ phase, units }) =>
    units
      .filter(({ status }) => status === 'failed')
      .map(({ name, beat, chunk, failure, refusedWords }) => ({
        phase,
        name,
        beat,
        chunk,
        failure,
        refusedWords,
      })),
  );
}

/** One sentence part per unit: `chunk-b3-2 (ContentRejected: …)`. */
export function describeUnits(units: readonly FailedUnit[]): string {
  return units
    .map(({ name, failure }) => (failure ? `${name} (${failure.type}: ${failure.reason})` : name))
    .join('; ');
}
