import type { Beliefs } from '../../domain/beliefs.ts';
import type { Hosts } from '../providers/hosts.ts';
import type { Repeated } from './doubts.ts';
import { dropDoubt, noteDoubt, storeNow } from './doubts.ts';
import type { HeldEntry, Ledger } from './ledger.ts';

export interface UnknownDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly beliefs: Beliefs;
}

/** How far clocks may differ from what we take them for, in milliseconds. A longer list costs a page or two. */
const clockSkewMs = 900_000;

/**
 * Notes that the host knows no such prediction, and whether that is believed: it must repeat, and the host's list, where
 * it has one, must not show the prediction either.
 */
export async function isUnknown(
  { ledger, hosts, beliefs }: UnknownDependencies,
  held: HeldEntry,
  signal: AbortSignal,
): Promise<Repeated> {
  const noted = await noteDoubt(ledger, held, {
    answer: 'unknownPrediction',
    belief: beliefs.unknownPrediction,
  });
  const { entry } = noted.held;
  const host = hosts.get(entry.host);
  if (!noted.isBelieved || !host.canList) return noted;
  const ageMs = storeNow(noted.held).getTime() - Date.parse(entry.submittedAt ?? entry.claimedAt);
  const since = new Date(Date.now() + (host.clockAheadMs() ?? 0) - ageMs - clockSkewMs);
  for await (const { id } of host.listRecent(since, signal))
    if (id === entry.predictionId)
      return { held: await dropDoubt(ledger, noted.held, 'unknownPrediction'), isBelieved: false };
  return noted;
}
