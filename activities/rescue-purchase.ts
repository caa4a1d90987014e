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

/** What a look at one purchase came to. */
export type Rescued =
  /** Its file is in the bucket now. */
  | 'stored'
  /** There is no file to fetch, or it is there: nothing is left to do for ever. */
  | 'over'
  /** It runs, or whoever waits for it still has time. */
  | 'later'
  /** The host says that it does not know it, or has removed its file; it is asked again before that is believed. */
  | 'doubtful';

/** After this share of the time for which a host keeps outputs, nobody else is waited for. */
const dueShare = 1 / 4;

/**
 * Fetches the file of a purchase that nobody has fetched although its host will not keep it for ever. Buys nothing, and
 * decides nothing: whoever is to fetch it finds it. Safe to run again, and beside everybody else.
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

/** Its poster is gone, and the host may have taken it: the prediction it came to must not be forgotten there. */
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

/** Its end was not seen by any worker: it is recorded, and the file fetched immediately. */
async function look(
  dependencies: RescueDependencies,
  held: HeldEntry,
  signal: AbortSignal,
): Promise<Rescued> {
  const { ledger, hosts } = dependencies;
  const { host, predictionId = '' } = held.entry;
  const status = await hosts.get(host).getPrediction(predictionId);
  // The step that waits for it judges what the host does not know or has removed.
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
