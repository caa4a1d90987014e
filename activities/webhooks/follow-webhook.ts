import type { PredictionOutcome } from '../../domain/prediction.ts';
import { awaitActivityId } from '../../domain/unit.ts';
import type { HeldEntry, Ledger } from '../ledger/ledger.ts';
import { isDoubtful } from '../ledger/is-doubtful.ts';
import { endStrays, noteStray } from '../ledger/end-strays.ts';
import { readOutcome } from '../ledger/read-outcome.ts';
import { readTakes } from '../ledger/read-takes.ts';
import { recordEnd } from '../ledger/record-end.ts';
import type { Hosts } from '../providers/hosts.ts';
import type { WebhookHints } from '../ledger/webhook-hints.ts';

/** A webhook that is proven to come from the host and to concern an order of ours. */
export interface HeardWebhook {
  readonly host: string;
  readonly ledgerKey: string;
  readonly predictionId: string;
}

/** The activity that waits for a purchase. */
export interface WaitingActivity {
  readonly workflowId: string;
  readonly activityId: string;
}

/** Completes an activity from outside. @returns whether it was waiting */
export type CompleteWaiting = (activity: WaitingActivity, outcome: PredictionOutcome) => Promise<boolean>;

export interface FollowDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly hints: WebhookHints;
  readonly completeWaiting: CompleteWaiting;
}

/** The result of a webhook. */
export type Followed =
  /** The waiting activity has its outcome. */
  | 'completed'
  /** No step waits: one asked the host before, or one will start and ask; or the video is over. */
  | 'not waiting'
  /** The answer to the order is not known yet; the step that looks for the order finds this hint. */
  | 'hinted'
  /** The host says that it has not ended. */
  | 'running'
  /** The prediction belongs to another take of the unit. */
  | 'another prediction'
  /** The host took the order twice; this prediction is surplus and was ended. */
  | 'twin ended'
  /** The host took the order twice; this prediction is surplus and is paid for. */
  | 'twin past saving'
  /** There is no such order. */
  | 'unknown order';

/**
 * Looks at the prediction that a webhook names, as the next look of `awaitPrediction` would. A webhook is believed only
 * about where to look. Safe to run again, at any time, and beside any other look.
 */
export async function followWebhook(
  dependencies: FollowDependencies,
  { host, ledgerKey, predictionId }: HeardWebhook,
): Promise<Followed> {
  const { ledger, hints, completeWaiting } = dependencies;
  const held = await ledger.read(ledgerKey);
  if (held?.entry.host !== host) return 'unknown order';
  if (held.entry.state === 'posting') {
    await hints.record(held.entry, predictionId);
    return 'hinted';
  }
  if (held.entry.predictionId !== predictionId) return endTwin(predictionId, held, dependencies);
  const outcome = readOutcome(held.entry) ?? (await lookAt(predictionId, held, dependencies));
  if (!outcome) return 'running';
  const { videoId, predictionKey } = held.entry;
  const activity = { workflowId: videoId, activityId: awaitActivityId(held.entry, predictionKey) };
  return (await completeWaiting(activity, outcome)) ? 'completed' : 'not waiting';
}

/**
 * Keeps the prediction that a webhook names for an order whose answer is unknown: for some orders this is the only
 * trace. Call it before the webhook is acknowledged. Safe to run again.
 */
export async function keepHint(
  { ledger, hints }: Pick<FollowDependencies, 'ledger' | 'hints'>,
  { host, ledgerKey, predictionId }: HeardWebhook,
): Promise<void> {
  const held = await ledger.read(ledgerKey);
  if (held?.entry.host === host && held.entry.state === 'posting')
    await hints.record(held.entry, predictionId);
}

/** Ends a prediction that no entry of its unit has: the address proves that the order was ours, so it is surplus. */
async function endTwin(
  predictionId: string,
  held: HeldEntry,
  { ledger, hosts }: FollowDependencies,
): Promise<'another prediction' | 'twin ended' | 'twin past saving'> {
  if ((await readTakes(ledger, held.entry)).has(predictionId)) return 'another prediction';
  const host = hosts.get(held.entry.host);
  if ((await host.getPrediction(predictionId))?.state !== 'running') return 'twin past saving';
  // Noted first, so that the clean-up of its video ends it if this call fails.
  await noteStray(ledger, held.objectKey, predictionId);
  const noted = await ledger.read(held.objectKey);
  if (noted) await endStrays(ledger, noted, host);
  return 'twin ended';
}

/** @returns undefined when it has not ended, or when the host's answer is believed only once it repeats */
async function lookAt(
  predictionId: string,
  held: HeldEntry,
  { ledger, hosts }: FollowDependencies,
): Promise<PredictionOutcome | undefined> {
  const status = await hosts.get(held.entry.host).getPrediction(predictionId);
  if (status === undefined || status.state === 'running' || isDoubtful(status)) return undefined;
  return recordEnd(ledger, held, status);
}
