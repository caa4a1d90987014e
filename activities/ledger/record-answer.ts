import { storeNow } from './doubts.ts';
import type { CreatedPrediction, EndedStatus } from '../providers/model-host.ts';
import type { HeldEntry } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { endOf } from './read-outcome.ts';
import { toOutcome } from './record-end.ts';

/**
 * The changes to an entry once its order was answered. An answer that carries the outcome is recorded whole in this one
 * write: the host does not repeat it.
 */
export function recordAnswer({ id, ended }: CreatedPrediction, held: HeldEntry): Partial<LedgerEntry> {
  const taken = { predictionId: id, submittedAt: storeNow(held).toISOString() };
  if (!ended) return { state: 'submitted', ...taken };
  const outcome = toOutcome(ended, held);
  return {
    ...taken,
    ...endOf(outcome, held),
    ...(outcome.state === 'succeeded' ? { delivered: toDelivered(ended) } : {}),
  };
}

function toDelivered(ended: EndedStatus): LedgerEntry['delivered'] {
  if (ended.state !== 'succeeded') return undefined;
  const { outputUrls, urlsExpireAt } = ended;
  return { outputUrls: [...outputUrls], expireAt: urlsExpireAt };
}
