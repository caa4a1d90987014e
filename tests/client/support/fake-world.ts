import { ApplicationFailure } from '@temporalio/common';

import type { Activities } from '../../../activities/index.ts';
import type { ArtifactRef } from '../../../domain/artifact.ts';
import type { Brief } from '../../../domain/brief.ts';
import { priceStoryboard } from '../../../domain/estimate.ts';
import type { BriefInput } from '../../../domain/schemas/brief-schema.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import { unitName } from '../../../domain/unit.ts';
import type { Storyboard } from '../../../domain/storyboard.ts';

/** Activities without side effects, and controls for tests. */
export interface FakeWorld {
  readonly activities: Activities;
  /** Names of units whose prediction fails, e.g. `still-b2`. */
  readonly failing: Set<string>;
  /** Prompts of all predictions, by unit. */
  readonly prompts: Map<string, string[]>;
  /** Predictions that cannot be reached, e.g. `still-b2-t0`. */
  readonly unreachable: Set<string>;
  /** Takes that were ended at the host one by one, e.g. `still-b2-t0`. */
  readonly ended: readonly string[];
  /** Holds every prediction back until `release`. */
  hold(): void;
  release(): void;
}

/** A model that the fake catalogue does not have. */
export const unknownModel = 'no-such-model';

/** Footage of one prediction, in seconds: beats of 5 s have one chunk. */
const clipSeconds = 6;

export function createFakeWorld(): FakeWorld {
  const failing = new Set<string>();
  const prompts = new Map<string, string[]>();
  const unreachable = new Set<string>();
  const ended: string[] = [];
  const briefs = new Map<string, Brief>();
  let gate = Promise.resolve();
  let release: () => void = () => undefined;
  const activities: Activities = {
    acceptBrief: ({ videoId, input }) =>
      wrap(() => {
        const brief = accept(videoId, input as BriefInput);
        briefs.set(videoId, brief);
        return brief;
      }),
    openRevision: ({ videoId }) =>
      wrap(() => {
        const brief = briefs.get(videoId);
        if (!brief) throw new Error(`There is no video ${videoId}.`);
        return { brief, storyboard: plan(brief), takes: [] };
      }),
    planStoryboard: ({ brief }) => wrap(() => plan(brief)),
    reviseVideo: () => Promise.reject(new Error('This world changes no video.')),
    priceVideo: ({ videoId, input }) =>
      wrap(() => {
        const brief = accept(videoId, input as BriefInput);
        return priceStoryboard(brief, plan(brief));
      }),
    submitPrediction: async ({ videoId, unit, request }) => {
      await gate;
      const name = unitName(unit);
      const before = prompts.get(name) ?? [];
      prompts.set(name, [...before, request.prompt]);
      const key = `${name}-t${unit.take}`;
      const base = { ledgerKey: `videos/${videoId}/ledger/${key}.json`, predictionKey: `${key}-0123456789` };
      if (!failing.has(name)) {
        return { ...base, state: 'submitted', prediction: { host: 'fake', id: key } };
      }
      const reason = 'The picture shows what the host does not draw.';
      const outcome = { state: 'failed', type: failureTypes.contentRejected, reason, costUsd: 0 } as const;
      return { ...base, state: 'ended', outcome };
    },
    awaitPrediction: ({ prediction: { id } }) =>
      wrap(() => {
        if (!unreachable.has(id)) return { state: 'succeeded', costUsd: 0.01 } as const;
        throw ApplicationFailure.nonRetryable('No answer for a day.', failureTypes.providerUnavailable);
      }),
    storeArtifact: ({ ledgerKey }) => Promise.resolve(artifact(ledgerKey.replace('/ledger/', '/stills/'))),
    extractLastFrame: ({ key }) => Promise.resolve(artifact(key)),
    normaliseClip: ({ clipKey }) => Promise.resolve({ clip: artifact(clipKey) }),
    makePreview: ({ pathStem }) => Promise.resolve(artifact(`${pathStem}.mp4`)),
    joinClips: ({ pathStem }) => Promise.resolve(artifact(`${pathStem}.mp4`)),
    fitScore: ({ key }) => Promise.resolve(artifact(key)),
    finishVideo: ({ key }) => Promise.resolve(artifact(key)),
    writeManifest: ({ videoId, revision }) =>
      Promise.resolve(artifact(`videos/${videoId}/manifest-r${revision}.json`)),
    cancelPredictions: ({ unit }) => {
      if (unit) ended.push(`${unitName(unit)}-t${unit.take}`);
      return Promise.resolve({ canceled: 1, spentUsd: 0, savedUsd: 0, pastSavingUsd: 0.004 });
    },
    reconcilePurchase: () => Promise.resolve(),
    openHostAccount: () => Promise.resolve(),
  };
  return {
    activities,
    failing,
    prompts,
    unreachable,
    ended,
    hold: () => {
      gate = new Promise((resolve) => (release = resolve));
    },
    release: () => {
      release();
    },
  };
}

async function wrap<T>(work: () => T): Promise<T> {
  return Promise.resolve(work());
}

function accept(videoId: string, input: BriefInput): Brief {
  if (input.models?.still === unknownModel) {
    const problem = { field: 'models.still', value: `"${unknownModel}"`, rule: 'one of fake' };
    const message = `The brief has a problem: models.still is "${unknownModel}": one of fake.`;
    throw ApplicationFailure.nonRetryable(message, failureTypes.invalidRequest, [problem]);
  }
  const model = { name: 'fake', host: 'fake', highestPriceUsd: 0.01 };
  return {
    videoId,
    title: input.title ?? input.prompt,
    prompt: input.prompt,
    durationSeconds: input.durationSeconds,
    template: 'product_showcase',
    aspectRatio: '16:9',
    models: { planner: 'built-in', still: model, clip: { ...model, clipSeconds }, score: model },
    music: { enabled: input.music?.enabled ?? true },
    limits: { concurrentStills: 5, concurrentChunks: 3, ...budgetOf(input) },
    ...(input.approve === undefined ? {} : { approve: input.approve }),
    onFailure: input.onFailure ?? 'park',
    onRefusal: 'park',
    tenant: input.tenant ?? 'default',
    seed: 1,
  };
}

function budgetOf({ limits }: BriefInput): { budgetUsd?: number } {
  return limits?.budgetUsd === undefined ? {} : { budgetUsd: limits.budgetUsd };
}

function plan({ durationSeconds }: Brief): Storyboard {
  const beats = Array.from({ length: durationSeconds / 5 }, (_, index) => ({
    id: `b${index + 1}`,
    index,
    purpose: 'opening',
    cast: [],
    title: `Beat ${index}`,
    startSeconds: index * 5,
    durationSeconds: 5,
    keptSeconds: 5,
    shot: 'wide',
    action: 'rain falls',
    cameraMovement: 'still',
    stillPrompt: `still ${index}`,
    motionPrompt: `motion ${index}`,
  }));
  return {
    template: { name: 'plain', reason: 'Nothing says otherwise.' },
    cast: [],
    beats,
    durationSeconds,
    musicPrompt: 'piano',
    estimateUsd: 0.05,
    plannedBy: 'built-in',
    warnings: [],
  };
}

function artifact(key: string): ArtifactRef {
  return { key, sizeBytes: 1, sha256: '0'.repeat(64), contentType: 'application/octet-stream' };
}
