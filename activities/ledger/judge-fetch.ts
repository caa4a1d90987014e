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

/** Grace after the end of the retention, for differing clocks and late removal, in milliseconds. */
const retentionGraceMs = 60_000;

/** How long network trouble is waited out after the retention, in milliseconds: hosts may remove files late. */
const networkTroubleMs = 6 * 3_600_000;

/** How long after the host's retention a file is still asked for, by the reason that its fetch failed. */
function patienceFor({ type }: BeatreelFailure): number {
  // The host itself says that the file is gone, or serves a wrong file.
  if (type === failureTypes.artifactMissing || type === failureTypes.paidAndLost) return 0;
  const isNetwork = type === failureTypes.providerUnavailable || type === failureTypes.providerBusy;
  // All else is trouble of our store or settings: the host may still have the file.
  return isNetwork ? networkTroubleMs : Infinity;
}

/**
 * Decides how to go on after a failed fetch of a paid file. Whatever the host answered, the file is asked for again
 * until the host's retention is over, or its own record has said often enough that the file is gone. After some minutes
 * people are shown why it is missing.
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
