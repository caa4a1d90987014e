import type { OutputTransfers } from '../storage/transfer.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { media } from '../domain/media.ts';
import type { Prediction } from '../domain/prediction.ts';
import { boughtPath } from '../domain/unit.ts';
import { videoFolder } from '../domain/video-folder.ts';
import type { HeldEntry } from './ledger/ledger.ts';
import type { LedgerEntry } from './ledger/ledger-entry.ts';
import { OutputGone } from './ledger/output-gone.ts';
import type { Catalogue } from './providers/catalogue.ts';
import { expectedFileOf, fileExtension } from './providers/expected-files.ts';
import { type Hosts, lookAt } from './providers/hosts.ts';
import { pickOutput } from './providers/output-files.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { neverFinal } from './runtime/never-final.ts';
import type { TransferProgress } from '../storage/transfer/transfer-request.ts';

export interface FetchDependencies {
  readonly hosts: Hosts;
  readonly catalogue: Catalogue;
  readonly transfers: OutputTransfers;
}

/** One try to fetch the file of a purchase that succeeded. */
export interface Fetch {
  readonly held: HeldEntry;
  readonly signal: AbortSignal;
  /** The last progress that an earlier try reported. */
  readonly resume?: TransferProgress | undefined;
  readonly onProgress: (progress: TransferProgress) => void;
}

/**
 * Streams the output of a prediction from its host into the bucket, under a key that follows from the purchase alone:
 * every fetch of it writes the same object.
 */
export function fetchOutput(
  { hosts, catalogue, transfers }: FetchDependencies,
  { held: { entry }, signal, resume, onProgress }: Fetch,
): Promise<ArtifactRef> {
  const { host, predictionId = '', medium, model, videoId } = entry;
  const catalogued = catalogue.find(model, media[medium].modelKind);
  const path = `${videoFolder(videoId)}${boughtPath(entry, entry.predictionKey)}`;
  return transfers.of(host).transferToStore({
    resolveAddress: addressOf(hosts, { host, id: predictionId }, entry),
    key: `${path}.${fileExtension(catalogued.delivers)}`,
    expect: expectedFileOf(catalogued),
    resume,
    onProgress,
    signal,
    // Another try may be at work on the same upload, so an abort keeps it; the end of the video closes it.
    keepOnAbort: () => true,
  });
}

/** Finds the file's address: from the answer to the order where it carried one, else from the host now. */
function addressOf(hosts: Hosts, prediction: Prediction, entry: LedgerEntry): () => Promise<string> {
  const { delivered } = entry;
  if (!delivered) return () => freshAddress(hosts, prediction, entry);
  let asked = 0;
  return () => {
    const { outputUrls, expireAt = '' } = delivered;
    asked += 1;
    const [address] = pickOutput(outputUrls, entry.medium);
    const isOver = asked > 1 && Date.now() >= Date.parse(expireAt);
    if (address !== undefined && !isOver) return Promise.resolve(address);
    const problem = `The address of the output of prediction ${prediction.id} has expired, and the host gives no other.`;
    return Promise.reject(new BeatreelFailure(failureTypes.paidAndLost, problem));
  };
}

/** Output addresses expire and are secret, so each is asked for when it is needed and kept nowhere. */
async function freshAddress(
  hosts: Hosts,
  { host, id }: Prediction,
  { medium }: LedgerEntry,
): Promise<string> {
  const status = await neverFinal(lookAt(hosts, { host, id }));
  if (status === undefined) throw new OutputGone('unknownPrediction', `The host knows no prediction ${id}.`);
  if (status.state !== 'succeeded') {
    // The prediction had succeeded before, so a lagging server of the host answered.
    const problem = `The host says that prediction ${id}, which succeeded, is ${status.state}.`;
    throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
  }
  const [address] = pickOutput(status.outputUrls, medium);
  if (!status.dataRemoved && address !== undefined) return address;
  throw new OutputGone('outputRemoved', `The host no longer has the output of prediction ${id}.`);
}
