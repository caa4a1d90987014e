import type { ArtifactRef } from '../workflows/domain/artifact.ts';
import type { Brief } from '../workflows/domain/brief.ts';
import type { CatalogueEntry } from '../workflows/contract/catalogue-schema.ts';
import type { BriefInput } from '../workflows/contract/brief-schema.ts';
import type { BriefProblem } from '../workflows/contract/check-brief.ts';
import { checkBrief, describeProblems, showValue } from '../workflows/contract/check-brief.ts';
import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { PermitKind } from '../workflows/domain/permits.ts';
import { seedFromText } from '../workflows/domain/seed.ts';
import { titleOf } from '../workflows/domain/title.ts';
import type { HostLimits } from './account/host-limits.ts';
import type { Catalogue } from './providers/catalogue.ts';
import type { ActivityRun } from './runtime/define-activity.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from './runtime/failures.ts';
import { putOnce } from './storage/put-once.ts';
import type { ObjectStore } from './storage/object-store.ts';

export interface AcceptRequest {
  readonly videoId: string;
  /** As the caller wrote it; nothing is assumed of it. */
  readonly input: unknown;
}

/** The most that any brief may ask for. */
export interface OperatorLimits {
  readonly concurrentStills: number;
  readonly concurrentChunks: number;
}

/** Stores a product picture under the video and refuses what is no picture. */
export type FetchProductImage = (videoId: string, address: string, run: ActivityRun) => Promise<ArtifactRef>;

export interface AcceptDependencies {
  readonly store: ObjectStore;
  readonly catalogue: Catalogue;
  readonly limits: OperatorLimits;
  readonly hostLimits: HostLimits;
  readonly fetchProductImage: FetchProductImage;
}

/**
 * Checks a brief, fills in every default and stores it. Safe to run again: keyed by the video; the first brief
 * stands, and another one under the same id is refused.
 */
export function createAcceptBrief(dependencies: AcceptDependencies) {
  return defineActivity(async ({ videoId, input }: AcceptRequest, run): Promise<Brief> => {
    const checked = checkAll(videoId, input, dependencies);
    const key = `videos/${videoId}/brief.json`;
    const stored = (await dependencies.store.getJson(key))?.value as StoredBrief | undefined;
    if (stored) return sameBrief(videoId, stored, checked);
    const { productImage: address } = checked;
    const productImage =
      address === undefined ? undefined : await dependencies.fetchProductImage(videoId, address, run);
    const brief = fillIn(videoId, checked, { ...dependencies, productImage });
    return sameBrief(
      videoId,
      await putOnce<StoredBrief>(dependencies.store, key, { input: checked, brief }),
      checked,
    );
  });
}

interface StoredBrief {
  readonly input: BriefInput;
  readonly brief: Brief;
}

function sameBrief(videoId: string, stored: StoredBrief, input: BriefInput): Brief {
  if (JSON.stringify(stored.input) === JSON.stringify(input)) return stored.brief;
  refuse([
    {
      field: 'videoId',
      value: videoId,
      rule: 'this id belongs to a video with another brief; choose a new one',
    },
  ]);
}

function checkAll(videoId: string, input: unknown, dependencies: AcceptDependencies): BriefInput {
  const checked = checkBrief(input);
  const problems: BriefProblem[] = checked.ok ? [] : [...checked.problems];
  if (!/^[a-z0-9-]{1,64}$/.test(videoId)) {
    problems.push({ field: 'videoId', value: showValue(videoId), rule: '1–64 of a-z, 0-9 and -' });
  }
  if (checked.ok) problems.push(...checkAgainstOperator(checked.brief, dependencies));
  if (!checked.ok || problems.length > 0) refuse(problems);
  return checked.brief;
}

function checkAgainstOperator(brief: BriefInput, { limits, catalogue }: AcceptDependencies): BriefProblem[] {
  const problems: BriefProblem[] = [];
  for (const name of ['concurrentStills', 'concurrentChunks'] as const) {
    const asked = brief.limits?.[name] ?? 0;
    if (asked > limits[name]) {
      problems.push({
        field: `limits.${name}`,
        value: String(asked),
        rule: `at most ${limits[name]}, the operator's limit`,
      });
    }
  }
  const planner = brief.models?.planner ?? catalogue.defaults.planner;
  if (planner !== 'built-in') {
    problems.push({ field: 'models.planner', value: showValue(planner), rule: 'one of built-in' });
  }
  if (brief.productImage !== undefined && /^([./~]|file:)/.test(brief.productImage)) {
    const rule = 'https://… or the key of an object; a path is uploaded by the client before the start';
    problems.push({ field: 'productImage', value: showValue(brief.productImage), rule });
  }
  return [...problems, ...checkModels(brief, catalogue)];
}

function checkModels(brief: BriefInput, catalogue: Catalogue): BriefProblem[] {
  const aspectRatio = brief.aspectRatio ?? '16:9';
  return (['still', 'clip', 'score'] as const).flatMap((kind) => {
    const name = brief.models?.[kind] ?? catalogue.defaults[kind];
    const entry = catalogue.entries.find((known) => known.name === name && known.kind === kind);
    if (!entry) {
      const known = catalogue.entries.filter((other) => other.kind === kind).map((other) => other.name);
      return [{ field: `models.${kind}`, value: showValue(name), rule: `one of ${known.join(', ')}` }];
    }
    if (
      entry.kind === 'still' &&
      brief.productImage !== undefined &&
      !entry.accepts.referenceImage &&
      brief.models?.still !== undefined
    ) {
      const rule = `${name} takes no picture of the product; leave models.still out, or productImage`;
      return [{ field: 'models.still', value: showValue(name), rule }];
    }
    if (entry.kind === 'score' || entry.accepts.aspectRatios.includes(aspectRatio)) return [];
    const rule = `${name} makes ${entry.accepts.aspectRatios.join(', ')}; choose one of those or another models.${kind}`;
    return [{ field: 'aspectRatio', value: showValue(aspectRatio), rule }];
  });
}

interface FillIn {
  readonly catalogue: Catalogue;
  readonly limits: OperatorLimits;
  readonly hostLimits: HostLimits;
  readonly productImage: ArtifactRef | undefined;
}

function fillIn(videoId: string, input: BriefInput, given: FillIn): Brief {
  const { catalogue, limits, hostLimits, productImage } = given;
  const { defaults } = catalogue;
  const still = catalogue.find(stillName(input, catalogue), 'still');
  const clip = catalogue.find(input.models?.clip ?? defaults.clip, 'clip');
  const permits = limitedKinds({ stills: still.host, chunks: clip.host }, hostLimits);
  return {
    videoId,
    title: titleOf(input),
    prompt: input.prompt,
    // The sum of tenths carries the dust of binary fractions, and dust must not buy a beat.
    durationSeconds: Math.round(input.durationSeconds * 10) / 10,
    template: input.template ?? 'product_showcase',
    aspectRatio: input.aspectRatio ?? '16:9',
    ...(productImage ? { productImage } : {}),
    models: {
      planner: input.models?.planner ?? defaults.planner,
      still: toChoice(still),
      clip: { ...toChoice(clip), clipSeconds: clip.clipSeconds },
      score: toChoice(catalogue.find(input.models?.score ?? defaults.score, 'score')),
    },
    ...(input.beats ? { beats: input.beats } : {}),
    music: {
      enabled: input.music?.enabled ?? true,
      ...(input.music?.style ? { style: input.music.style } : {}),
    },
    limits: {
      concurrentStills: input.limits?.concurrentStills ?? limits.concurrentStills,
      concurrentChunks: input.limits?.concurrentChunks ?? limits.concurrentChunks,
      // In millionths, as everything is counted.
      ...(input.limits?.budgetUsd === undefined
        ? {}
        : { budgetUsd: Math.round(input.limits.budgetUsd * 1e6) / 1e6 }),
    },
    ...(permits.length > 0 ? { permits } : {}),
    onFailure: input.onFailure ?? 'park',
    onRefusal: input.onRefusal ?? 'park',
    tenant: input.tenant ?? 'default',
    seed: input.seed ?? seedFromText(videoId),
  };
}

/** The workflow learns from the brief what needs permits, so that it does the same on every replay. */
function limitedKinds(hosts: Record<PermitKind, string>, limits: HostLimits): PermitKind[] {
  return (['stills', 'chunks'] as const).filter((kind) => limits[hosts[kind]]?.[kind] !== undefined);
}

/** A picture of the product needs a model that can look at it. */
function stillName(input: BriefInput, { defaults, entries }: Catalogue): string {
  if (input.models?.still !== undefined || input.productImage === undefined)
    return input.models?.still ?? defaults.still;
  return (
    entries.find((entry) => entry.kind === 'still' && entry.accepts.referenceImage)?.name ?? defaults.still
  );
}

function toChoice({ name, host, price }: CatalogueEntry) {
  return { name, host, highestPriceUsd: price.perPredictionUsd };
}

function refuse(problems: readonly BriefProblem[]): never {
  throw new BeatreelFailure(failureTypes.invalidRequest, describeProblems(problems), { details: problems });
}
