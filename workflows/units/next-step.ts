import type { RefusalPolicy } from '../../domain/brief.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { failureTable } from '../../domain/failures.ts';
import type { UnitFailure } from '../../domain/progress.ts';
import type { Take } from './take.ts';
import { isOpen } from './take.ts';

/** The end of a unit's last take. */
export interface TakeEnd {
  readonly take: Take;
  /** All takes of the unit, in order; the last one is `take`. */
  readonly takes: readonly Take[];
  /** Absent when its file is stored. */
  readonly failure?: UnitFailure;
}

/** The brief's failure policies. */
export interface UnitRules {
  /** Number of models of the unit. */
  readonly models: number;
  readonly onRefusal: RefusalPolicy;
  /** Whether the video waits for people, and so without a time limit. */
  readonly waits: boolean;
  /** Whether the video has a budget. */
  readonly hasBudget: boolean;
}

export type NextStep =
  | { readonly do: 'done' }
  /** Another take, with this model. */
  | { readonly do: 'take'; readonly model: number; readonly soften: boolean }
  /** The same take continues: a step exceeded its own time, and paid work is scheduled again. */
  | { readonly do: 'wait' }
  /** It is paid for and cannot be fetched now: people see the reason, and slower looks follow. */
  | { readonly do: 'fetch'; readonly failure: UnitFailure }
  /** The unit has failed: nothing more is bought before a person decides. */
  | { readonly do: 'person'; readonly failure: UnitFailure };

/**
 * Decides on a unit after its last take. A take that may be live at its host, or is paid for and not yet fetched, is
 * never bought again by itself.
 */
export function nextStep({ take, takes, failure }: TakeEnd, rules: UnitRules): NextStep {
  const { models, onRefusal, waits, hasBudget } = rules;
  if (!failure) return { do: 'done' };
  const isAtStake = isOpen(take) || take.state === 'paid';
  const isKnown = take.state === 'paid' || (take.state === 'ordered' && take.isAnswered === true);
  if (failure.type === failureTypes.timedOut && isKnown && waits) return { do: 'wait' };
  if (take.state === 'paid') return { do: 'fetch', failure };
  // A superseded take may still run: its host could not end it.
  if (isAtStake || take.state === 'superseded') return { do: 'person', failure };
  const { softerWordsMayHelp, anotherModelMayHelp, furtherTakes = 0 } = failureTable[failure.type];
  if (softerWordsMayHelp && onRefusal === 'soften' && !take.isSoftened)
    return { do: 'take', model: take.model, soften: true };
  const isBearable = take.costUsd === 0 || hasBudget;
  if (take.state === 'ended' && isBearable && countInRow(takes, failure.type) <= furtherTakes)
    return { do: 'take', model: take.model, soften: take.isSoftened };
  if (anotherModelMayHelp && take.model + 1 < models)
    return { do: 'take', model: take.model + 1, soften: false };
  return { do: 'person', failure };
}

/** Number of last takes in a row, all of one model, with this failure. */
function countInRow(takes: readonly Take[], type: FailureType): number {
  const model = takes.at(-1)?.model;
  const other = takes.findLastIndex(
    (take) => take.state !== 'ended' || take.failure.type !== type || take.model !== model,
  );
  return takes.length - 1 - other;
}
