import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { type ModelKind, modelKinds } from '../../domain/media.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { Brief, ClipModelChoice, ModelChoice, Preferred } from '../../domain/brief.ts';
import { gates } from '../../domain/gates.ts';
import type { HostLimits, PermitKind } from '../../domain/permits.ts';
import { productName, type Reference } from '../../domain/references.ts';
import { roundUsd } from '../../domain/round-usd.ts';
import { seedFromText } from '../../domain/seed.ts';
import { titleOf } from '../../domain/title.ts';
import { referenceSlots } from '../../domain/schemas/model-schema.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import { choosePlanner, type PlannerRules } from './choose-planner.ts';
import { hasReferences, mostReferences } from './count-references.ts';

/** The most that any brief may ask for. */
export interface OperatorLimits {
  readonly concurrentStills: number;
  readonly concurrentChunks: number;
}

/** The defaults and stored pictures that complete a brief. */
export interface BriefDefaults extends PlannerRules {
  readonly limits: OperatorLimits;
  readonly hostLimits: HostLimits;
  /** The pictures that the brief names, as they are stored, by their field. */
  readonly pictures: ReadonlyMap<string, ArtifactRef>;
  /** Sentences on findings in the pictures. */
  readonly remarks?: readonly string[];
}

/** Fills in every default. The brief has been assessed. */
export function completeBrief(videoId: string, input: BriefInput, given: BriefDefaults): Brief {
  const { catalogue, limits, hostLimits, pictures, remarks = [] } = given;
  const { defaults } = catalogue;
  const find = <Kind extends ModelKind>(names: string | string[], kind: Kind) =>
    [names].flat().map((name) => catalogue.find(name, kind));
  const stills = find(stillNames(input, catalogue), 'still');
  const clips = find(input.models?.clip ?? defaults.clip, 'clip');
  const { name: planner } = choosePlanner(input, given);
  const languageModel = findLanguageModel(input, planner, catalogue);
  const usual = Object.fromEntries(
    modelKinds.map((kind) => [
      kind,
      prefer(find(input.models?.[kind] ?? defaults[kind], kind).map(toChoice)),
    ]),
  ) as Record<ModelKind, Preferred<ModelChoice>>;
  const shortClips = input.shortClips ?? clips[0]?.shortClips ?? 'hold';
  const approve = gates.filter((gate) => input.approve?.includes(gate));
  const { resolution = 'auto' } = input;
  const permits = limitedKinds({ stills, chunks: clips }, hostLimits);
  return {
    videoId,
    title: titleOf(input),
    prompt: input.prompt,
    // A sum of tenths carries binary rounding errors, which must not buy a beat.
    durationSeconds: Math.round(input.durationSeconds * 10) / 10,
    template: input.template,
    aspectRatio: input.aspectRatio ?? '16:9',
    ...(resolution === 'auto' ? {} : { resolution }),
    ...takePictures(input, pictures),
    models: {
      ...usual,
      planner,
      languageModel,
      still: prefer(stills.map(toChoice)),
      clip: prefer(clips.map(toClipChoice)),
    },
    beats: input.beats,
    music: {
      enabled: input.music?.enabled ?? true,
      ...(input.music?.style ? { style: input.music.style } : {}),
    },
    limits: {
      concurrentStills: input.limits?.concurrentStills ?? limits.concurrentStills,
      concurrentChunks: input.limits?.concurrentChunks ?? limits.concurrentChunks,
      ...(input.limits?.budgetUsd === undefined ? {} : { budgetUsd: roundUsd(input.limits.budgetUsd) }),
    },
    ...(permits.length > 0 ? { permits } : {}),
    ...(remarks.length > 0 ? { remarks } : {}),
    ...(approve.length > 0 ? { approve } : {}),
    onFailure: input.onFailure ?? 'park',
    onRefusal: input.onRefusal ?? 'park',
    ...(shortClips === 'hold' ? {} : { shortClips }),
    tenant: input.tenant ?? 'default',
    seed: input.seed ?? seedFromText(videoId),
  };
}

/** The workflow learns from the brief what needs permits, so that it does the same on every replay. */
function limitedKinds(
  models: Record<PermitKind, readonly CatalogueEntry[]>,
  limits: HostLimits,
): PermitKind[] {
  return (['stills', 'chunks'] as const).filter((kind) =>
    models[kind].some(({ host }) => limits[host]?.[kind] !== undefined),
  );
}

/** Beats that a person wrote need no planner. */
function findLanguageModel({ beats }: BriefInput, name: string, { planners }: Catalogue) {
  const found = beats ? undefined : planners.find((planner) => planner.name === name);
  return found && { name, host: found.host, highestPriceUsd: found.price.perPlanUsd };
}

/** References need a model that takes as many pictures as a beat shows. */
function stillNames(input: BriefInput, { defaults, entries }: Catalogue): string | string[] {
  const most = mostReferences(input);
  if (input.models?.still !== undefined || most === 0) return input.models?.still ?? defaults.still;
  return (
    entries.find((entry) => entry.kind === 'still' && referenceSlots(entry) >= most)?.name ?? defaults.still
  );
}

/** A brief with only a product picture keeps its old form, so that its purchases keep their names in every release. */
function takePictures(
  input: BriefInput,
  pictures: ReadonlyMap<string, ArtifactRef>,
): Pick<Brief, 'productImage' | 'references'> {
  const { productImage, references } = input;
  if (pictures.size === 0 || !hasReferences(input)) return { productImage: pictures.get('productImage') };
  const product = productImage === undefined ? {} : { [productName]: { kind: 'product' as const } };
  const named = Object.entries({ ...product, ...references });
  return {
    references: named.map(([name, { kind, note }]: [string, Pick<Reference, 'kind' | 'note'>]) => {
      const isProduct = productImage !== undefined && name === productName;
      const image = pictures.get(isProduct ? 'productImage' : `references.${name}.image`);
      if (!image) throw new RangeError(`The picture of the reference ${name} was not stored.`);
      return { name, kind, note, image };
    }),
  };
}

export function prefer<Model extends ModelChoice>([first, ...fallbacks]: readonly Model[]): Preferred<Model> {
  if (!first) throw new RangeError('A list of models names at least one.');
  return { ...first, ...(fallbacks.length > 0 ? { fallbacks } : {}) };
}

/** Leaves out usual values, so that a brief looks the same in every release. */
export function toClipChoice(entry: CatalogueEntry<'clip'>): ClipModelChoice {
  const { clipSeconds, shortSide, nativeAudio, accepts } = entry;
  return {
    ...toChoice(entry),
    clipSeconds,
    shortSide,
    ...(accepts.firstFrame ? {} : { firstFrame: false }),
    ...(nativeAudio ? { nativeAudio } : {}),
    referenceImages: accepts.referenceImages,
  };
}

export function toChoice({ name, host, price }: CatalogueEntry) {
  return { name, host, highestPriceUsd: price.perPredictionUsd };
}
