import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { Repeated } from './doubts.ts';
import { noteDoubt, storeNow } from './doubts.ts';
import type { UnknownDependencies } from './is-unknown.ts';
import { isUnknown } from './is-unknown.ts';
import type { HeldEntry } from './ledger.ts';
import { OutputGone } from './output-gone.ts';
import { showUsd } from '../../domain/show-usd.ts';

export interface FailedFetch {
  readonly held: HeldEntry;
  readonly cause: BeatreelFailure;
  readonly signal: AbortSignal;
}

/** After the end of the retention, for clocks that differ and for hosts that tidy up late, in milliseconds. */
const retentionGraceMs = 60_000;

/** For how long after the retention a network is waited for, in milliseconds: the host may be late to tidy up. */
const networkTroubleMs = 6 * 3_600_000;

/** How long after the retention of its host a file is given up that could not be fetched for this reason. */
function patienceFor({ type }: BeatreelFailure): number {
  // The host itself says that the file is not there, or it is another one.
  if (type === failureTypes.artifactMissing || type === failureTypes.paidAndLost) return 0;
  const isNetwork = type === failureTypes.providerUnavailable || type === failureTypes.providerBusy;
  // Else it is our store, or our settings: the file may be there as before.
  return isNetwork ? networkTroubleMs : Infinity;
}

/**
 * What follows from a failed fetch of a file that is paid for. Whatever the host answered, the file is asked for again
 * until the host's retention is over, or its own record has said often enough that the file is gone. After some minutes
 * people see why it is not there.
 *
 * @returns `ProviderUnavailable` (try again soon), `NotFetched` (looks go on, slower), or `PaidAndLost`
 */
export async function judgeFetch(
  dependencies: UnknownDependencies,
  { held, cause, signal }: FailedFetch,
): Promise<BeatreelFailure> {
  const { ledger, hosts, beliefs } = dependencies;
  const { highestPriceUsd, costUsd = highestPriceUsd, predictionId = '' } = held.entry;
  const failed = (type: FailureType, more: string) =>
    new BeatreelFailure(
      type,
      `${cause.message} It cost ${showUsd(costUsd)} (prediction ${predictionId}).${more}`,
      {
        cause,
      },
    );
  const gone = await isGone(dependencies, { held, cause, signal });
  if (gone.isBelieved) return failed(failureTypes.paidAndLost, '');
  const tried = await noteDoubt(ledger, gone.held, {
    answer: 'notFetched',
    belief: beliefs.notFetched,
  });
  const { retryAfterMs } = cause;
  if (!tried.isBelieved)
    return new BeatreelFailure(failureTypes.providerUnavailable, cause.message, { cause, retryAfterMs });
  const until = keptUntil(held, hosts.get(held.entry.host).outputRetentionMs);
  const overForMs = storeNow(held).getTime() - until.getTime();
  if (overForMs > patienceFor(cause)) return failed(failureTypes.paidAndLost, '');
  const kept = ` It is fetched again while the host keeps it, at least until ${until.toISOString()}.`;
  return failed(failureTypes.notFetched, kept);
}

async function isGone(
  dependencies: UnknownDependencies,
  { held, cause, signal }: FailedFetch,
): Promise<Repeated> {
  if (!(cause instanceof OutputGone)) return { held, isBelieved: false };
  if (cause.answer === 'unknownPrediction') return isUnknown(dependencies, held, signal);
  return noteDoubt(dependencies.ledger, held, {
    answer: 'outputRemoved',
    belief: dependencies.beliefs.outputRemoved,
  });
}

function keptUntil({ entry }: HeldEntry, retentionMs: number): Date {
  const { endedAt, claimedAt, delivered } = entry;
  const stated = Date.parse(delivered?.expireAt ?? '');
  const usual = Date.parse(endedAt ?? claimedAt) + retentionMs;
  return new Date((Number.isNaN(stated) ? usual : stated) + retentionGraceMs);
}
