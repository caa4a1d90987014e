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
  /** The beat's id; empty for units of the whole video. */
  beat: z.string(),
  chunk: z.int(),
  take: z.int(),
  /** The wanted key (`wantedKey`): a run that wants the same uses this purchase. */
  wanted: z.string().optional(),
  /** The prompt sent in place of the storyboard's, and whether it was softened after a refusal. */
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
  /** Present for models billed by running time. */
  pricePerSecondUsd: z.number().optional(),
  state: z.enum(['claimed', 'posting', 'submitted', 'succeeded', 'failed', 'canceled', 'lost']),
  /** Changes with every claim of the entry; a writer recognises its own write by it. */
  nonce: z.string(),
  claimedAt: z.string(),
  /** The time until which others leave a `posting` entry alone, by the store's clock. */
  leaseUntil: z.string().optional(),
  /** Whether the poster knows that its answer was lost; until the lease ends the order may still arrive. */
  answerLost: z.boolean().optional(),
  /** Fields of the host's input that together only this purchase has; they identify it in the host's list. */
  marker: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Whether the order asked the host to announce the prediction's end. */
  webhookOrdered: z.boolean().optional(),
  predictionId: z.string().optional(),
  /** Whether the answer to the order was lost and its prediction found at the host. */
  adopted: z.boolean().optional(),
  submittedAt: z.string().optional(),
  endedAt: z.string().optional(),
  costUsd: z.number().optional(),
  failure: z.object({ type: z.enum(Object.values(failureTypes)), reason: z.string() }).optional(),
  /** Surplus predictions of this order that could not be ended yet. */
  strays: z.array(z.string()).optional(),
  /** Answers not believed yet, with their counts. */
  doubts: z
    .partialRecord(z.enum(doubtfulAnswers), z.object({ times: z.int(), since: z.string(), last: z.string() }))
    .optional(),
  artifact: artifactSchema.optional(),
  /**
   * The file's addresses, where the host answered the order with its outcome and cannot be asked again. They open the
   * file, so they are kept only here, and only until it is stored.
   */
  delivered: z.object({ outputUrls: z.array(z.string()), expireAt: z.string().exactOptional() }).optional(),
});

export type LedgerEntry = z.output<typeof ledgerEntrySchema>;

/**
 * Finds the key of an entry, or of its file, that lies outside the folder of its video.
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

/** The folder of one video's ledger. */
export function ledgerFolder(videoId: string): string {
  return `${videoFolder(videoId)}ledger/`;
}

/** The key prefix of all takes of one unit. */
export function ledgerUnitPrefix(videoId: string, place: UnitPlace<BoughtMedium>): string {
  return `${ledgerFolder(videoId)}${unitName(place)}-t`;
}

/** The key prefix of one take. */
export function ledgerTakePrefix(videoId: string, unit: TakePlace): string {
  return `${ledgerUnitPrefix(videoId, unit)}${unit.take}-`;
}

/** The object of one purchase, e.g. `chunk-b3-2-t0-….json`. */
export function ledgerObjectKey(videoId: string, unit: TakePlace, predictionKey: string): string {
  return `${ledgerTakePrefix(videoId, unit)}${predictionKey.slice(0, 16)}.json`;
}
