import {
  cleanUpVideoType,
  editVideoType,
  estimateVideoType,
  generateVideoType,
} from '../domain/workflow-types.ts';
import type { Activities } from './bind-activities.ts';

/** The videos and keys that a call names. */
export interface Touched {
  /** Ids of videos, which must be the caller's. */
  readonly videoIds?: readonly string[];
  /** Keys of the bucket, or prefixes of keys, which must lie in the caller's folder. */
  readonly keys?: readonly (string | undefined)[];
}

/** The workflows that may call an activity, and the parts of a request that must be the caller's own. */
export interface CallRule<Request> {
  /** Types of the workflows that may call it. */
  readonly workflowTypes: readonly string[];
  /** Video ids must be the caller's, keys must lie in the caller's folder. */
  readonly touches: (request: Request) => Touched;
}

export type RequestOf<Name extends keyof Activities> = Parameters<Activities[Name]>[0];

/**
 * The allowed callers of each activity. Temporal lets everybody who can write to its namespace call an activity, with
 * any request and without a workflow; calls that this table does not name are refused.
 */
export const callers: { readonly [Name in keyof Activities]: CallRule<RequestOf<Name>> } = {
  acceptBrief: forVideo(({ videoId }) => ({ videoIds: [videoId] })),
  planStoryboard: forVideo(({ brief }) => ({
    videoIds: [brief.videoId],
    keys: [brief.productImage?.key, ...(brief.references ?? []).map(({ image }) => image.key)],
  })),
  openRevision: forVideo(({ videoId }) => ({ videoIds: [videoId] })),
  reviseVideo: {
    workflowTypes: [editVideoType],
    touches: ({ videoId }) => ({ videoIds: [videoId] }),
  },
  priceVideo: { workflowTypes: [estimateVideoType], touches: () => ({}) },
  submitPrediction: forVideo(({ videoId, request }) => ({
    videoIds: [videoId],
    keys: [
      request.kind === 'still' ? request.referenceImage?.key : undefined,
      request.kind === 'clip' ? request.firstFrame?.key : undefined,
      ...('referenceImages' in request ? (request.referenceImages ?? []).map(({ key }) => key) : []),
    ],
  })),
  awaitPrediction: forVideo(({ ledgerKey }) => ({ keys: [ledgerKey] })),
  storeArtifact: forVideo(({ ledgerKey }) => ({ keys: [ledgerKey] })),
  extractLastFrame: forVideo(({ chunk, key }) => ({ keys: [chunk.key, key] })),
  normaliseClip: forVideo(({ chunk, clipKey, soundKey }) => ({ keys: [chunk.key, clipKey, soundKey] })),
  makePreview: forVideo(({ pictures, score, pathStem }) => ({
    keys: [...pictures.map(({ picture }) => picture.key), score?.key, score?.track?.key, pathStem],
  })),
  joinClips: forVideo(({ clips, pathStem }) => ({ keys: [...clips.map(({ key }) => key), pathStem] })),
  fitScore: forVideo(({ score, key }) => ({ keys: [score.key, key] })),
  finishVideo: forVideo(({ cut, score, sounds, key }) => ({
    keys: [cut.key, score?.key, score?.track?.key, ...sounds.map(({ sound }) => sound.key), key],
  })),
  writeManifest: forVideo(({ videoId, phases }) => ({
    videoIds: [videoId],
    keys: phases.flatMap(({ units }) =>
      units.flatMap(({ artifact, ledgerKey }) => [artifact?.key, ledgerKey]),
    ),
  })),
  cancelPredictions: {
    workflowTypes: [generateVideoType, cleanUpVideoType],
    touches: ({ videoId }) => ({ videoIds: [videoId] }),
  },
  reconcilePurchase: forVideo(({ videoId }) => ({ videoIds: [videoId] })),
  openHostAccount: forVideo(() => ({})),
};

function forVideo<Request>(touches: CallRule<Request>['touches']): CallRule<Request> {
  return { workflowTypes: [generateVideoType], touches };
}
