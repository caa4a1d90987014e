import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { adoptTwin } from './ledger/adopt-twin.ts';
import { leaseLeftMs } from './ledger/lease-left.ts';
import type { WebhookHints } from './ledger/webhook-hints.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import { storeNow } from './ledger/doubts.ts';
import { isDoubtful } from './ledger/is-doubtful.ts';
import { noteArtifact } from './ledger/note-artifact.ts';
import { readOutcome } from './ledger/read-outcome.ts';
import { recordEnd } from './ledger/record-end.ts';
import type { FetchDependencies } from './fetch-output.ts';
import { fetchOutput } from './fetch-output.ts';
import { readPurchase } from './ledger/read-purchase.ts';

export interface RescueDependencies extends FetchDependencies {
  readonly ledger: Ledger;
  readonly hints: WebhookHints;
}

/** The result of a look at one purchase. */
export type Rescued =
  /** Its file is in the bucket now. */
  | 'stored'
  /** The file is stored already, or there is none to fetch: no further looks. */
  | 'over'
  /** It runs, or the step that waits for it still has time. */
  | 'later'
  /** The host does not know it, or has removed its file; that is believed only when it repeats. */
  | 'doubtful';

/** The share of a host's retention after which the file is fetched without waiting for the video's own step. */
const dueShare = 1 / 4;

/**
 * Fetches the file of a purchase before its host removes it, when no step has fetched it. Buys nothing and decides
 * nothing: the step that should fetch the file finds it stored. Safe to run again, and beside any other step.
 */
export async function rescuePurchase(
  dependencies: RescueDependencies,
  objectKey: string,
  signal: AbortSignal,
): Promise<Rescued> {
  const { ledger, hosts } = dependencies;
  const held = await readPurchase(ledger, objectKey);
  const { state, artifact, host, submittedAt, endedAt } = held.entry;
  if (artifact) return 'over';
  const { outputRetentionMs } = hosts.get(host);
  const isDue = (since: string | undefined) =>
    storeNow(held).getTime() - Date.parse(since ?? '') >= outputRetentionMs * dueShare;
  switch (state) {
    case 'claimed':
      return 'later';
    case 'posting':
      return leaseLeftMs(held) > 0 ? 'later' : adopt(dependencies, held, signal);
    case 'submitted':
      return isDue(submittedAt) ? look(dependencies, held, signal) : 'later';
    case 'succeeded':
      return isDue(endedAt) ? store(dependencies, held, signal) : 'later';
    case 'failed':
    case 'canceled':
    case 'lost':
      return 'over';
  }
}

/** Adopts the prediction of an order whose poster is gone, so that it is not forgotten at the host. */
async function adopt(
  dependencies: RescueDependencies,
  held: HeldEntry,
  signal: AbortSignal,
): Promise<Rescued> {
  const { ledger, hosts, hints } = dependencies;
  try {
    const host = hosts.get(held.entry.host);
    const looked = await adoptTwin(ledger, { held, host, hints, signal, once: true });
    return looked.isFound ? await look(dependencies, looked.held, signal) : 'later';
  } catch (error) {
    // The step that waits for the order reports that a person has to decide.
    if (error instanceof BeatreelFailure && error.type === failureTypes.needsReconcile) return 'later';
    throw error;
  }
}

/** Looks for an end that no worker has seen; records it and fetches the file immediately. */
async function look(
  dependencies: RescueDependencies,
  held: HeldEntry,
  signal: AbortSignal,
): Promise<Rescued> {
  const { ledger, hosts } = dependencies;
  const { host, predictionId = '' } = held.entry;
  const status = await hosts.get(host).getPrediction(predictionId);
  // The step that waits for the prediction judges unknown predictions and removed outputs.
  if (!status || isDoubtful(status)) return 'doubtful';
  if (status.state === 'running') return 'later';
  await recordEnd(ledger, held, status);
  const ended = await readPurchase(ledger, held.objectKey);
  return readOutcome(ended.entry)?.state === 'succeeded' ? store(dependencies, ended, signal) : 'over';
}

async function store(
  dependencies: RescueDependencies,
  held: HeldEntry,
  signal: AbortSignal,
): Promise<Rescued> {
  const artifact = await fetchOutput(dependencies, { held, signal, onProgress: () => undefined });
  await noteArtifact(dependencies.ledger, held, artifact);
  return 'stored';
}
