import type { Beliefs } from '../domain/beliefs.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import { judgeFetch } from './ledger/judge-fetch.ts';
import type { Ledger } from './ledger/ledger.ts';
import { noteArtifact } from './ledger/note-artifact.ts';
import { readPurchase } from './ledger/read-purchase.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { neverFinal } from './runtime/never-final.ts';
import type { TransferProgress } from '../storage/transfer/transfer-request.ts';
import { type FetchDependencies, fetchOutput } from './fetch-output.ts';

export interface StoreRequest {
  readonly ledgerKey: string;
}

export interface StoreDependencies extends FetchDependencies {
  readonly ledger: Ledger;
  readonly beliefs: Beliefs;
}

/**
 * Streams the output of a prediction from its host into the bucket. Safe to run again, on another machine too: keyed
 * by the purchase, and a broken stream goes on where it stopped.
 */
export function createStoreArtifact(dependencies: StoreDependencies) {
  const { ledger } = dependencies;
  return defineActivity(async (request: StoreRequest, run): Promise<ArtifactRef> => {
    const held = await neverFinal(readPurchase(ledger, request.ledgerKey));
    if (held.entry.artifact) return held.entry.artifact;
    const artifact = await fetchOutput(dependencies, {
      held,
      signal: run.signal,
      resume: run.lastHeartbeat as TransferProgress | undefined,
      onProgress: run.reportProgress,
    }).catch(async (cause: unknown) => {
      if (run.signal.aborted || !(cause instanceof BeatreelFailure)) throw cause;
      throw await neverFinal(judgeFetch(dependencies, { held, cause, signal: run.signal }));
    });
    await neverFinal(noteArtifact(ledger, held, artifact));
    return artifact;
  });
}
