import type { Beliefs } from '../../domain/beliefs.ts';
import type { Hosts } from '../providers/hosts.ts';
import type { Repeated } from './doubts.ts';
import { dropDoubt, noteDoubt } from './doubts.ts';
import { earliestPost } from './earliest-post.ts';
import type { HeldEntry, Ledger } from './ledger.ts';

export interface UnknownDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly beliefs: Beliefs;
}

/**
 * Notes that the host knows no such prediction, and returns whether that is believed: the answer must repeat, and the
 * host's list, where it has one, must not show the prediction either.
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
  const since = earliestPost(noted.held, host);
  for await (const { id } of host.listRecent(since, signal))
    if (id === entry.predictionId)
      return { held: await dropDoubt(ledger, noted.held, 'unknownPrediction'), isBelieved: false };
  return noted;
}
