import type { BriefInput } from '../../workflows/contract/brief-schema.ts';
import type { CatalogueEntry } from '../../workflows/contract/catalogue-schema.ts';
import type { ArtifactRef } from '../../workflows/domain/artifact.ts';
import type { Brief } from '../../workflows/domain/brief.ts';
import type { PermitKind } from '../../workflows/domain/permits.ts';
import { seedFromText } from '../../workflows/domain/seed.ts';
import { titleOf } from '../../workflows/domain/title.ts';
import type { HostLimits } from '../account/host-limits.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import type { OperatorLimits } from './operator-limits.ts';

/** What a brief is completed from. */
export interface BriefDefaults {
  readonly catalogue: Catalogue;
  readonly limits: OperatorLimits;
  readonly hostLimits: HostLimits;
  /** The picture that the brief names, as it is stored. */
  readonly productImage: ArtifactRef | undefined;
}

/** Fills in every default. The brief has been assessed. */
export function completeBrief(videoId: string, input: BriefInput, given: BriefDefaults): Brief {
  const { catalogue, limits, hostLimits, productImage } = given;
  const { defaults } = catalogue;
  const still = catalogue.find(stillName(input, catalogue), 'still');
  const clip = catalogue.find(input.models?.clip ?? defaults.clip, 'clip');
  const planner = input.models?.planner ?? defaults.planner;
  const languageModel = findLanguageModel(input, planner, catalogue);
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
      planner,
      ...(languageModel ? { languageModel } : {}),
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

/** Beats that a person wrote need no planner. */
function findLanguageModel({ beats }: BriefInput, name: string, { planners }: Catalogue) {
  const found = beats ? undefined : planners.find((planner) => planner.name === name);
  return found && { name, host: found.host, highestPriceUsd: found.price.perPlanUsd };
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
