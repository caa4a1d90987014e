import type { Phase } from '../domain/unit.ts';
import { readUnitFailure } from '../unit-failure.ts';
import type { VideoRun } from '../video-run.ts';

/** A step of our own, such as normalising: costs time, not money. */
export interface Step {
  readonly phase: Phase;
  /** The unit that fails when the step does. */
  readonly name: string;
  /** What the result is kept under. Default: `name`. */
  readonly memo?: string;
}

/** Does a step once. @returns undefined when it failed; the board says why */
export async function runStep<T>(run: VideoRun, step: Step, work: () => Promise<T>): Promise<T | undefined> {
  const { phase, name, memo = name } = step;
  if (run.made.has(memo)) return run.made.get(memo) as T;
  if (run.board.unit(phase, name).status === 'failed') return undefined;
  try {
    const result = await work();
    run.made.set(memo, result);
    return result;
  } catch (error) {
    run.board.updateUnit(phase, name, { status: 'canceled' });
    const failure = readUnitFailure(error);
    run.board.updateUnit(phase, name, { status: 'failed', failure });
    return undefined;
  }
}
