import type { Beliefs } from '../domain/beliefs.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import type { Prediction, PredictionRequest } from '../domain/prediction.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { judgeFetch } from './ledger/judge-fetch.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import type { LedgerEntry } from './ledger/ledger-entry.ts';
import { noteArtifact } from './ledger/note-artifact.ts';
import { OutputGone } from './ledger/output-gone.ts';
import { readPurchase } from './ledger/read-purchase.ts';
import type { Catalogue } from './providers/catalogue.ts';
import { expectedFileOf, fileExtension } from './providers/expected-files.ts';
import type { Hosts } from './providers/hosts.ts';
import { lookAt } from './providers/hosts.ts';
import type { ActivityRun } from './runtime/define-activity.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { keepPaid } from './runtime/keep-paid.ts';
import type { OutputTransfers } from '../storage/output-transfers.ts';
import type { TransferProgress } from '../storage/transfer/transfer-request.ts';

export interface StoreRequest {
  readonly ledgerKey: string;
  readonly prediction: Prediction;
  readonly kind: PredictionRequest['kind'];
  /** The key of the object without its extension. */
  readonly pathStem: string;
}

export interface StoreDependencies {
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  readonly beliefs: Beliefs;
  readonly catalogue: Catalogue;
  readonly transfers: OutputTransfers;
}

/**
 * Streams the output of a prediction from its host into the bucket. Safe to run again, on another machine too: keyed
 * by the purchase, and a broken stream goes on where it stopped.
 */
export function createStoreArtifact(dependencies: StoreDependencies) {
  const { ledger } = dependencies;
  return defineActivity(async (request: StoreRequest, run): Promise<ArtifactRef> => {
    const held = await keepPaid(readPurchase(ledger, request.ledgerKey));
    if (held.entry.artifact) return held.entry.artifact;
    try {
      const artifact = await fetchOutput(dependencies, { request, run, held });
      await keepPaid(noteArtifact(ledger, held, artifact));
      return artifact;
    } catch (cause) {
      if (run.signal.aborted || !(cause instanceof BeatreelFailure)) throw cause;
      throw await keepPaid(judgeFetch(dependencies, { held, cause, signal: run.signal }));
    }
  });
}

interface Fetch {
  readonly request: StoreRequest;
  readonly run: ActivityRun;
  readonly held: HeldEntry;
}

function fetchOutput(
  { hosts, catalogue, transfers }: StoreDependencies,
  { request: { prediction, kind, pathStem }, run, held }: Fetch,
): Promise<ArtifactRef> {
  const entry = catalogue.find(held.entry.model, kind);
  return transfers.of(prediction.host).transferToStore({
    resolveAddress: addressOf(hosts, prediction, held.entry),
    key: `${pathStem}.${fileExtension(entry.delivers)}`,
    expect: expectedFileOf(entry),
    resume: run.lastHeartbeat as TransferProgress | undefined,
    onProgress: run.reportProgress,
    signal: run.signal,
    // Whatever stops this attempt, another may be at work on the same upload; the end of the video closes it.
    keepOnAbort: () => true,
  });
}

/** Where the file lies: as the host says now, or as it said once and for all. */
function addressOf(hosts: Hosts, prediction: Prediction, entry: LedgerEntry): () => Promise<string> {
  const { delivered } = entry;
  if (!delivered) return () => freshAddress(hosts, prediction);
  let asked = 0;
  return () => {
    const { outputUrls, expireAt = '' } = delivered;
    asked += 1;
    const [address] = outputUrls;
    const isOver = asked > 1 && Date.now() >= Date.parse(expireAt);
    if (address !== undefined && !isOver) return Promise.resolve(address);
    const problem = `The address of the output of prediction ${prediction.id} has expired, and the host gives no other.`;
    return Promise.reject(new BeatreelFailure(failureTypes.paidAndLost, problem));
  };
}

/** Output addresses expire and are secret, so each is asked for when it is needed and kept nowhere. */
async function freshAddress(hosts: Hosts, { host, id }: Prediction): Promise<string> {
  const status = await keepPaid(lookAt(hosts, { host, id }));
  if (status === undefined) throw new OutputGone('unknownPrediction', `The host knows no prediction ${id}.`);
  if (status.state !== 'succeeded') {
    // It had ended when it was waited for: another server of the host answered.
    const problem = `The host says that prediction ${id}, which succeeded, is ${status.state}.`;
    throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
  }
  const [address] = status.outputUrls;
  if (!status.dataRemoved && address !== undefined) return address;
  throw new OutputGone('outputRemoved', `The host no longer has the output of prediction ${id}.`);
}
