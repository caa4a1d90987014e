import type { ModelChoice } from '../../domain/brief.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { RecordedTake } from '../../domain/recorded-take.ts';
import type { Take, TakeState } from './take.ts';

/** Converts a unit's takes from the ledger. @param models the unit's models */
export function readTakes(recorded: readonly RecordedTake[], models: readonly ModelChoice[]): Take[] {
  return recorded
    .toSorted((a, b) => a.number - b.number)
    .map((take) => {
      const { number, wanted, words, isSoftened, costUsd } = take;
      const model = Math.max(
        0,
        models.findIndex(({ name }) => name === take.model),
      );
      return {
        number,
        wanted,
        model,
        words,
        isSoftened,
        costUsd,
        ...toState(take),
      };
    });
}

function toState({
  state,
  ledgerKey,
  predictionKey,
  prediction,
  artifact,
  failure,
}: RecordedTake): TakeState {
  if (state === 'stored' && artifact) return { state, bought: { artifact, predictionKey, ledgerKey } };
  if (state === 'paid' && prediction) return { state, order: { ledgerKey, predictionKey, prediction } };
  if (state === 'claimed') return { state: 'new' };
  if (state === 'ended') {
    const unknown = { type: failureTypes.predictionFailed, reason: 'It ended without a file.' };
    return { state, failure: failure ?? unknown };
  }
  return { state: 'ordered', ...(prediction ? { isAnswered: true } : {}) };
}
