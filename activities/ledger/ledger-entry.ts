import { z } from 'zod';

import { doubtfulAnswers } from '../../domain/beliefs.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { boughtMedia } from '../../domain/media.ts';
import type { BoughtMedium } from '../../domain/media.ts';
import type { TakePlace, UnitPlace } from '../../domain/unit.ts';
import { unitName } from '../../domain/unit.ts';
import { isInVideoFolder, videoFolder } from '../../domain/video-folder.ts';

const artifactSchema = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  sha256: z.string().exactOptional(),
  crc32: z.string().exactOptional(),
  contentType: z.string(),
  durationSeconds: z.number().exactOptional(),
});

/**
 * One purchase, from the intention to the file. `claimed` → `posting` → `submitted` → `succeeded`, `failed`,
 * `canceled` or `lost`. Readable by a person; times are ISO 8601.
 */
export const ledgerEntrySchema = z.object({
  predictionKey: z.string().length(64),
  videoId: z.string(),
  medium: z.enum(boughtMedia),
  /** Its id; empty for what belongs to the whole video. */
  beat: z.string(),
  chunk: z.int(),
  take: z.int(),
  /** The key of what was wanted: a run that wants the same uses this purchase. */
  wanted: z.string().optional(),
  /** What was sent in place of the storyboard's prompt, and whether that was softened after a refusal. */
  words: z.string().optional(),
  isSoftened: z.boolean().optional(),
  /** Name in the catalogue, and at the host. */
  model: z.string(),
  hostModel: z.string(),
  host: z.string(),
  prompt: z.string(),
  /** Our request, files by key and checksum. */
  input: z.unknown(),
  highestPriceUsd: z.number(),
  /** Of models that are billed by the time they run. */
  pricePerSecondUsd: z.number().optional(),
  state: z.enum(['claimed', 'posting', 'submitted', 'succeeded', 'failed', 'canceled', 'lost']),
  /** Changes with every taking of the entry; tells a writer whose write it was. */
  nonce: z.string(),
  claimedAt: z.string(),
  /** Until then nobody else may touch an entry that is `posting`. By the store's clock. */
  leaseUntil: z.string().optional(),
  /** The poster knows that its answer was lost; until the lease ends the order may still arrive. */
  answerLost: z.boolean().optional(),
  /** Fields of the host's input that together only this purchase has; the host's list tells it by them. */
  marker: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The order asked the host to tell us of the prediction's end. */
  webhookOrdered: z.boolean().optional(),
  predictionId: z.string().optional(),
  /** The answer to the order was lost, and its prediction was found at the host. */
  adopted: z.boolean().optional(),
  submittedAt: z.string().optional(),
  endedAt: z.string().optional(),
  costUsd: z.number().optional(),
  failure: z.object({ type: z.enum(Object.values(failureTypes)), reason: z.string() }).optional(),
  /** Predictions of this order that are one too many and could not be ended yet. */
  strays: z.array(z.string()).optional(),
  /** Answers that are not believed yet, and how often they came. */
  doubts: z
    .partialRecord(z.enum(doubtfulAnswers), z.object({ times: z.int(), since: z.string(), last: z.string() }))
    .optional(),
  artifact: artifactSchema.optional(),
  /**
   * Where the file lies, of an order that was answered with its outcome: nobody can ask the host again. The addresses
   * open the file, so they stand here alone, and only until it is stored.
   */
  delivered: z.object({ outputUrls: z.array(z.string()), expireAt: z.string().exactOptional() }).optional(),
});

export type LedgerEntry = z.output<typeof ledgerEntrySchema>;

/**
 * The key of an entry, or of the file it names, that lies outside the folder of the video whose purchase it is.
 *
 * @returns undefined when there is none
 */
export function findForeignKey(
  objectKey: string,
  { videoId, artifact }: Pick<LedgerEntry, 'videoId' | 'artifact'>,
): string | undefined {
  if (!objectKey.startsWith(ledgerFolder(videoId))) return objectKey;
  if (artifact && !isInVideoFolder(artifact.key, videoId)) return artifact.key;
  return undefined;
}

/** Where the ledger of one video lies. */
export function ledgerFolder(videoId: string): string {
  return `${videoFolder(videoId)}ledger/`;
}

/** What the objects of all takes of one unit begin with. */
export function ledgerUnitPrefix(videoId: string, place: UnitPlace<BoughtMedium>): string {
  return `${ledgerFolder(videoId)}${unitName(place)}-t`;
}

/** What the object of one take begins with. */
export function ledgerTakePrefix(videoId: string, unit: TakePlace): string {
  return `${ledgerUnitPrefix(videoId, unit)}${unit.take}-`;
}

/** The object of one purchase, e.g. `chunk-b3-2-t0-….json`. */
export function ledgerObjectKey(videoId: string, unit: TakePlace, predictionKey: string): string {
  return `${ledgerTakePrefix(videoId, unit)}${predictionKey.slice(0, 16)}.json`;
}
