import type { Belief, DoubtfulAnswer } from '../../domain/beliefs.ts';
import { isBelieved, repeatDoubt } from '../../domain/beliefs.ts';
import type { HeldEntry, Ledger } from './ledger.ts';

export interface Repeated {
  /** The current entry. */
  readonly held: HeldEntry;
  readonly isBelieved: boolean;
}

/**
 * Counts one more answer that would give up a paid prediction. The count is kept in the ledger, by the store's clock,
 * so it outlasts workers and does not depend on their clocks.
 */
export async function noteDoubt(
  ledger: Ledger,
  held: HeldEntry,
  { answer, belief }: { readonly answer: DoubtfulAnswer; readonly belief: Belief },
): Promise<Repeated> {
  const now = storeNow(held);
  const doubt = repeatDoubt(held.entry.doubts?.[answer], now, belief);
  const noted = await ledger.replace(held, { doubts: { ...held.entry.doubts, [answer]: doubt } });
  // A concurrent look wrote the entry first.
  if (!noted) return { held, isBelieved: false };
  return { held: noted, isBelieved: isBelieved(doubt, belief) };
}

/** Resets the count, because the host answered otherwise. */
export async function dropDoubt(ledger: Ledger, held: HeldEntry, answer: DoubtfulAnswer): Promise<HeldEntry> {
  const { [answer]: doubt, ...others } = held.entry.doubts ?? {};
  if (!doubt) return held;
  return (await ledger.replace(held, { doubts: others })) ?? held;
}

/** Estimates the store's clock now. */
export function storeNow({ storeTime, askedAtMs }: HeldEntry): Date {
  return new Date(storeTime.getTime() + performance.now() - askedAtMs);
}
