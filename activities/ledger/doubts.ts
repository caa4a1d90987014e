import type { Belief, DoubtfulAnswer } from '../../domain/beliefs.ts';
import { isBelieved, repeatDoubt } from '../../domain/beliefs.ts';
import type { HeldEntry, Ledger } from './ledger.ts';

export interface Repeated {
  /** The entry as it stands now. */
  readonly held: HeldEntry;
  readonly isBelieved: boolean;
}

/**
 * Notes one more answer that would give up what is paid for. The count stands in the ledger, by the store's clock alone:
 * it outlasts workers, and their clocks do not matter.
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

/** The host answered otherwise: the count starts again. */
export async function dropDoubt(ledger: Ledger, held: HeldEntry, answer: DoubtfulAnswer): Promise<HeldEntry> {
  const { [answer]: doubt, ...others } = held.entry.doubts ?? {};
  if (!doubt) return held;
  return (await ledger.replace(held, { doubts: others })) ?? held;
}

/** The store's clock, as well as this process can tell. */
export function storeNow({ storeTime, askedAtMs }: HeldEntry): Date {
  return new Date(storeTime.getTime() + performance.now() - askedAtMs);
}
