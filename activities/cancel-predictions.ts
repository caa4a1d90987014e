import { failureTypes } from '../domain/failure-types.ts';
import { isFinal } from '../domain/failures.ts';
import type { PredictionOutcome } from '../domain/prediction.ts';
import type { CleanUp } from '../domain/progress.ts';
import { roundUsd } from '../domain/round-usd.ts';
import { takeName, type TakePlace } from '../domain/unit.ts';
import { adoptTwin } from './ledger/adopt-twin.ts';
import { endStrays } from './ledger/end-strays.ts';
import type { UnknownDependencies } from './ledger/is-unknown.ts';
import { noteDoubt } from './ledger/doubts.ts';
import type { ModelHost } from './providers/model-host.ts';
import { isUnknown } from './ledger/is-unknown.ts';
import { leaseLeftMs } from './ledger/lease-left.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import { ledgerFolder, ledgerTakePrefix } from './ledger/ledger-entry.ts';
import { readOutcome } from './ledger/read-outcome.ts';
import { recordEnd } from './ledger/record-end.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { neverFinal } from './runtime/never-final.ts';
import type { WebhookHints } from './ledger/webhook-hints.ts';

export interface CancelRequest {
  readonly videoId: string;
  /** The one take to end. Default: everything of the video. */
  readonly unit?: TakePlace;
  /** Whether to leave orders alone that may be on their way, because another step waits for them. Default: false. */
  readonly leaveOpenOrders?: boolean;
}

export interface CancelDependencies extends UnknownDependencies {
  readonly hints: WebhookHints;
}

/**
 * Ends every live prediction of a video at its host, also one whose order was lost. Safe to run again: it reads the
 * ledger, and a prediction that has ended is left as it is.
 *
 * @throws the failure of a prediction that could not be ended, after all others have ended
 */
export function createCancelPredictions(dependencies: CancelDependencies) {
  return defineActivity(async (request: CancelRequest, { signal, log }): Promise<CleanUp> => {
    const { videoId, unit, leaveOpenOrders = false } = request;
    const folder = unit ? ledgerTakePrefix(videoId, unit) : ledgerFolder(videoId);
    const sums: CancelWork['report'] = { canceled: 0, spentUsd: 0, savedUsd: 0, pastSavingUsd: 0, costs: {} };
    const problems: Error[] = [];
    for (const ledgerKey of await neverFinal(listKeys(dependencies.ledger, folder))) {
      try {
        await stillDue(cancelOne(ledgerKey, { ...dependencies, signal, report: sums, leaveOpenOrders }));
      } catch (error) {
        signal.throwIfAborted();
        problems.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    // Failures that another attempt can mend come first; it meets the others again.
    const mendable = problems.find((problem) => !isFinalProblem(problem));
    if (mendable !== undefined) throw mendable;
    const report = { ...sums, costUsd: sumUsd(Object.values(sums.costs)) };
    const [unsettled] = problems;
    if (unsettled === undefined) return report;
    // A unit that ends one take to buy another must not go on before the end is known.
    if (unit) throw unsettled;
    log.warn('Predictions may still run at the hosts', { unsettled: problems.map(({ message }) => message) });
    return { ...report, unsettled: problems.length };
  });
}

/**
 * A rejected key does not end the clean-up: it may be changing. A host without any key on this worker cannot be asked,
 * however often.
 */
async function stillDue<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isHopeless = error instanceof BeatreelFailure && error.type === failureTypes.invalidRequest;
    return isHopeless ? Promise.reject(error) : neverFinal(Promise.reject<T>(error as Error));
  }
}

async function listKeys(ledger: Ledger, folder: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of ledger.keys(folder)) keys.push(key);
  return keys;
}

interface CancelWork extends CancelDependencies {
  readonly signal: AbortSignal;
  readonly leaveOpenOrders: boolean;
  readonly report: { -readonly [Name in keyof CleanUp]: CleanUp[Name] } & {
    readonly costs: Record<string, number>;
  };
}

/** Adds up amounts and rounds off binary fractions. */
function sumUsd(amounts: readonly number[]): number {
  return roundUsd(amounts.reduce((sum, amount) => sum + amount, 0));
}

async function cancelOne(ledgerKey: string, work: CancelWork): Promise<void> {
  const { ledger, hosts } = work;
  const held = await ledger.read(ledgerKey);
  if (held?.entry.state === 'posting' && work.leaveOpenOrders) return;
  const bought = held?.entry.state === 'posting' ? await findLost(held, work) : held;
  if (!bought) return;
  if (bought.entry.state === 'claimed') await withdraw(bought, work);
  else await cancelBought(bought, work);
  // Strays come after the purchase's own prediction, which surely costs money.
  if (bought.entry.strays) {
    const latest = await ledger.read(ledgerKey);
    if (latest) await endStrays(ledger, latest, hosts.get(latest.entry.host));
  }
}

async function cancelBought(bought: HeldEntry, work: CancelWork): Promise<void> {
  const { report } = work;
  const { highestPriceUsd, predictionId } = bought.entry;
  // Withdrawn by an earlier attempt.
  if (predictionId === undefined) return;
  const known = readOutcome(bought.entry);
  // The host may still know a prediction recorded as lost; it must not run on.
  if (known?.state === 'lost') await endLost(bought, predictionId, work);
  const outcome = known ?? (await endAtHost(bought, predictionId, work));
  if (outcome && outcome.costUsd > 0) report.costs[takeName(bought.entry)] = outcome.costUsd;
  if (!outcome) {
    report.pastSavingUsd += highestPriceUsd;
    report.stillRunning = (report.stillRunning ?? 0) + 1;
  } else if (outcome.state !== 'canceled') report.spentUsd += outcome.costUsd;
  else {
    report.canceled += 1;
    if (outcome.costUsd > 0) report.pastSavingUsd += outcome.costUsd;
    else report.savedUsd += highestPriceUsd;
  }
}

/** Ends an entry that was only claimed and never ordered: a submit that wakes up late finds its claim gone. */
async function withdraw(held: HeldEntry, { ledger }: CancelWork): Promise<void> {
  const failure = { type: failureTypes.predictionFailed, reason: 'The video ended before this was ordered.' };
  const changes = { state: 'canceled', costUsd: 0, endedAt: new Date().toISOString(), failure } as const;
  if (await ledger.replace(held, changes)) return;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `The purchase ${held.objectKey} changed while it was withdrawn.`,
  );
}

/** @returns undefined when the order was never taken */
async function findLost(held: HeldEntry, work: CancelWork): Promise<HeldEntry | undefined> {
  const waitMs = leaseLeftMs(held);
  const host = work.hosts.get(held.entry.host);
  const looked = await adoptTwin(work.ledger, { ...work, held, host, once: waitMs > 0 });
  if (looked.isFound) return looked.held;
  if (waitMs <= 0) {
    await withdraw(looked.held, work);
    return undefined;
  }
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `An order may be on its way under ${held.objectKey}; its lease ends in ${Math.ceil(waitMs)} ms.`,
    { retryAfterMs: Math.min(waitMs, lookAgainMs) + 50 },
  );
}

/** The wait before the next look for an order that may still arrive, in milliseconds. */
const lookAgainMs = 5_000;

/** The looks for the end of a canceled prediction. */
const endsSoon = { times: 8, overSeconds: 3 };

/**
 * @returns undefined when the prediction has not ended yet; it will, because the order carried a deadline. Also
 *   undefined where the host cannot cancel
 */
async function endAtHost(
  held: HeldEntry,
  predictionId: string,
  { ledger, hosts, beliefs, signal }: CancelWork,
): Promise<PredictionOutcome | undefined> {
  const host = hosts.get(held.entry.host);
  if (host.canCancel) await askToEnd(host, predictionId);
  const status = await host.getPrediction(predictionId);
  if (status?.state === 'running') {
    if (!host.canCancel) return undefined;
    const { isBelieved } = await noteDoubt(ledger, held, { answer: 'notEnded', belief: endsSoon });
    if (isBelieved) return undefined;
    const problem = `Prediction ${predictionId} was canceled and still runs.`;
    throw new BeatreelFailure(failureTypes.providerUnavailable, problem, { retryAfterMs: 500 });
  }
  if (status) return recordEnd(ledger, held, status);
  const unknown = await isUnknown({ ledger, hosts, beliefs }, held, signal);
  if (unknown.isBelieved) return recordEnd(ledger, unknown.held, undefined);
  const problem = `The host does not know prediction ${predictionId}; it is asked again before that is believed.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
}

/** A host may refuse to cancel a prediction that has ended; the look that follows tells. */
async function askToEnd(host: ModelHost, predictionId: string): Promise<void> {
  try {
    await host.cancelPrediction(predictionId);
  } catch (error) {
    if (!(error instanceof BeatreelFailure && error.type === failureTypes.invalidRequest)) throw error;
  }
}

async function endLost({ entry }: HeldEntry, predictionId: string, { hosts }: CancelWork): Promise<void> {
  const host = hosts.get(entry.host);
  if (host.canCancel) await askToEnd(host, predictionId);
}

function isFinalProblem(problem: unknown): boolean {
  return problem instanceof BeatreelFailure && isFinal(problem.type, 1);
}
