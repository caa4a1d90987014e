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

/** What a webhook says, once it is proven to come from the host and to be about an order of ours. */
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

/** What came of a webhook. */
export type Followed =
  /** The waiting activity has its outcome. */
  | 'completed'
  /** No step waits: one has asked the host before, or none waits yet and its first question will tell; or the video is over. */
  | 'not waiting'
  /** The answer to the order is not known yet; whoever looks for the order finds this hint. */
  | 'hinted'
  /** The host says that it has not ended. */
  | 'running'
  /** A prediction of an earlier take, or one that is known to be one too many. */
  | 'another prediction'
  /** The host took the order twice; this prediction is one too many, and was ended. */
  | 'twin ended'
  /** The host took the order twice; this prediction is one too many, and is paid for. */
  | 'twin past saving'
  /** There is no such order. */
  | 'unknown order';

/**
 * Looks where a webhook points, and does what the next look of `awaitPrediction` would do. Nothing of what a webhook
 * says is believed but where to look. Safe to run again, at any time, and beside any other look.
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
 * Keeps where a webhook points, of an order whose answer is not known: for some orders nothing else tells that the host
 * took them. To be done before the host hears that we have it. Safe to run again.
 */
export async function keepHint(
  { ledger, hints }: Pick<FollowDependencies, 'ledger' | 'hints'>,
  { host, ledgerKey, predictionId }: HeardWebhook,
): Promise<void> {
  const held = await ledger.read(ledgerKey);
  if (held?.entry.host === host && held.entry.state === 'posting')
    await hints.record(held.entry, predictionId);
}

/** The address proves that the order was ours: a prediction that no entry of its unit has is one too many. */
async function endTwin(
  predictionId: string,
  held: HeldEntry,
  { ledger, hosts }: FollowDependencies,
): Promise<'another prediction' | 'twin ended' | 'twin past saving'> {
  if ((await readTakes(ledger, held.entry)).has(predictionId)) return 'another prediction';
  const host = hosts.get(held.entry.host);
  if ((await host.getPrediction(predictionId))?.state !== 'running') return 'twin past saving';
  // Noted first: should it not end now, the clean-up of its video ends it.
  await noteStray(ledger, held.objectKey, predictionId);
  const noted = await ledger.read(held.objectKey);
  if (noted) await endStrays(ledger, noted, host);
  return 'twin ended';
}

/** @returns undefined when it has not ended, or when only patience can tell whether the host still knows it */
async function lookAt(
  predictionId: string,
  held: HeldEntry,
  { ledger, hosts }: FollowDependencies,
): Promise<PredictionOutcome | undefined> {
  const status = await hosts.get(held.entry.host).getPrediction(predictionId);
  if (status === undefined || status.state === 'running' || isDoubtful(status)) return undefined;
  return recordEnd(ledger, held, status);
}
