import type { RefusalPolicy } from '../../domain/brief.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { failureTable } from '../../domain/failures.ts';
import type { UnitFailure } from '../../domain/progress.ts';
import type { Take } from './take.ts';
import { isOpen } from './take.ts';

/** What the last take of a unit came to. */
export interface TakeEnd {
  readonly take: Take;
  /** All of the unit, in order; the last one is `take`. */
  readonly takes: readonly Take[];
  /** Absent where its file is stored. */
  readonly failure?: UnitFailure;
}

/** What the brief says of failures. */
export interface UnitRules {
  /** Models that the unit may be bought with. */
  readonly models: number;
  readonly onRefusal: RefusalPolicy;
  /** Whether the video waits for people, and so for as long as it takes. */
  readonly waits: boolean;
  /** Whether what the video may cost is limited. */
  readonly hasBudget: boolean;
}

export type NextStep =
  | { readonly do: 'done' }
  /** Another take, with this model. */
  | { readonly do: 'take'; readonly model: number; readonly soften: boolean }
  /** The same take goes on: a step ran out of its own time, and what is paid for is scheduled again. */
  | { readonly do: 'wait' }
  /** It is paid for and cannot be fetched now: people see why, and looks go on, slower. */
  | { readonly do: 'fetch'; readonly failure: UnitFailure }
  /** The unit has failed: nothing more is bought before a person decides. */
  | { readonly do: 'person'; readonly failure: UnitFailure };

/**
 * What happens to a unit after its last take. What may be live at its host, and what is paid for and only not fetched
 * yet, is never bought again by itself.
 */
export function nextStep({ take, takes, failure }: TakeEnd, rules: UnitRules): NextStep {
  const { models, onRefusal, waits, hasBudget } = rules;
  if (!failure) return { do: 'done' };
  const isAtStake = isOpen(take) || take.state === 'paid';
  const isKnown = take.state === 'paid' || (take.state === 'ordered' && take.isAnswered === true);
  if (failure.type === failureTypes.timedOut && isKnown && waits) return { do: 'wait' };
  if (take.state === 'paid') return { do: 'fetch', failure };
  // A take that could not be ended at its host may run as well.
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

/** How many of the last takes, all of one model, ended like this. */
function countInRow(takes: readonly Take[], type: FailureType): number {
  const model = takes.at(-1)?.model;
  const other = takes.findLastIndex(
    (take) => take.state !== 'ended' || take.failure.type !== type || take.model !== model,
  );
  return takes.length - 1 - other;
}
