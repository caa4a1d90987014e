import type { Activities } from '../../../activities/index.ts';
import type { RequestOf } from '../../../activities/callers.ts';
import type { Brief } from '../../../domain/brief.ts';

type Requests = { readonly [Name in keyof Activities]: RequestOf<Name> };

/**
 * One harmful request for each activity: it would buy, overwrite, cancel or decide something of a video.
 *
 * @param key of a file that most of them read. Default: one of the video's own
 */
export function requestsOf(videoId: string, key = `videos/${videoId}/video-r1.mp4`): Requests {
  const folder = `videos/${videoId}`;
  const file = { key, sizeBytes: 1, sha256: '0'.repeat(64), contentType: 'video/mp4' };
  const unit = { medium: 'still', beat: 'b1', chunk: 0, take: 7 } as const;
  const prediction = { host: 'replicate', id: 'a-prediction' };
  const ledgerKey = key.includes('/ledger/') ? key : `${folder}/ledger/storyboard-00-00-t0-0.json`;
  return {
    acceptBrief: { videoId, input: { prompt: 'A foreign brief', durationSeconds: 5 } },
    planStoryboard: { brief: briefOf(videoId) },
    openRevision: { videoId, revision: 1 },
    reviseVideo: { videoId, edits: [{ op: 'title', title: 'Mine' }] },
    priceVideo: { videoId, input: { prompt: 'A foreign brief', durationSeconds: 5 } },
    submitPrediction: {
      videoId,
      unit,
      model: 'flux-kontext-pro',
      request: { kind: 'still', prompt: 'Pay', seed: 1, aspectRatio: '1:1', referenceImage: file },
    },
    awaitPrediction: { ledgerKey, prediction, model: 'flux-schnell' },
    storeArtifact: { ledgerKey },
    extractLastFrame: { chunk: file, frameCount: 1, key: `${folder}/chunks/b1-1-last.png` },
    normaliseClip: {
      chunk: file,
      frameCount: 1,
      aspectRatio: '1:1',
      clipKey: `${folder}/clips/foreign.mp4`,
      soundKey: `${folder}/clips/foreign.flac`,
    },
    makePreview: {
      pictures: [{ picture: file, frameCount: 120 }],
      aspectRatio: '16:9',
      pathStem: `${folder}/preview`,
    },
    joinClips: { clips: [file], frameCount: 120, pathStem: `${folder}/cut` },
    fitScore: { score: file, durationSeconds: 5, key: `${folder}/scores/foreign.flac` },
    finishVideo: {
      cut: file,
      score: { ...file, track: file },
      sounds: [],
      frameCount: 120,
      key: `${folder}/video-r1.mp4`,
    },
    writeManifest: {
      videoId,
      revision: 1,
      status: 'succeeded',
      costUsd: 0,
      phases: [
        {
          phase: 'music',
          status: 'succeeded',
          costUsd: 0,
          units: [
            { name: 'video', medium: 'video', status: 'succeeded', attempts: 1, costUsd: 0, artifact: file },
          ],
        },
      ],
    },
    cancelPredictions: { videoId },
    reconcilePurchase: { videoId, unit, decision: { kind: 'resubmit' } },
    openHostAccount: { host: 'a-host-of-strangers' },
  };
}

function briefOf(videoId: string): Brief {
  const model = { name: 'flux-schnell', host: 'replicate', highestPriceUsd: 1 };
  return {
    videoId,
    title: 'Foreign',
    prompt: 'Foreign',
    durationSeconds: 5,
    template: 'product_showcase',
    aspectRatio: '1:1',
    models: { planner: 'built-in', still: model, clip: { ...model, clipSeconds: 6 }, score: model },
    music: { enabled: false },
    limits: { concurrentStills: 1, concurrentChunks: 1 },
    onFailure: 'park',
    onRefusal: 'park',
    tenant: 'default',
    seed: 1,
  };
}
