import { z } from 'zod';

import { boughtMedia } from '../../domain/media.ts';
import { revisionKey } from '../../domain/revision.ts';
import { roundUsd } from '../../domain/round-usd.ts';
import { isInVideoFolder, videoFolder } from '../../domain/video-folder.ts';

import { RequestFailed } from '../errors/request-failed.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { isVideoId } from '../videos/name-video.ts';
import type { FileStore } from './file-store.ts';

/** The fields that the client reads; workers use the others. */
const purchaseSchema = z.object({
  videoId: z.string(),
  medium: z.enum(boughtMedia),
  beat: z.string(),
  chunk: z.int(),
  take: z.int(),
  state: z.enum(['claimed', 'posting', 'submitted', 'succeeded', 'failed', 'canceled', 'lost']),
  host: z.string(),
  model: z.string(),
  predictionId: z.string().exactOptional(),
  highestPriceUsd: z.number(),
  costUsd: z.number().exactOptional(),
  claimedAt: z.string(),
  submittedAt: z.string().exactOptional(),
  endedAt: z.string().exactOptional(),
  failure: z.object({ type: z.string(), reason: z.string() }).exactOptional(),
  artifact: z.object({ key: z.string() }).exactOptional(),
});

/** One purchase of a video. Times are ISO 8601, prices US dollars. */
export type LedgerPurchase = Omit<z.output<typeof purchaseSchema>, 'videoId' | 'artifact'> & {
  readonly key: string;
};

/** Every purchase of a video, and their sums. */
export interface LedgerReport {
  readonly videoId: string;
  /** Sorted by medium, beat, chunk and take. */
  readonly purchases: readonly LedgerPurchase[];
  /** The cost of the storyboard, where a language model wrote it; 0 for the built-in planner. */
  readonly planUsd: number;
  /** Cost of ended purchases and the plan. */
  readonly spentUsd: number;
  /** The highest price of open purchases. */
  readonly openUsd: number;
  /** Keys of invalid entries; look at them before anything is bought again. */
  readonly unreadable: readonly string[];
}

/**
 * Reads the ledger from the bucket; needs no worker and no Temporal.
 *
 * @throws VideoNotFound for an empty folder; also for an invalid id, which could name other folders
 */
export async function readLedger(files: FileStore, videoId: string): Promise<LedgerReport> {
  if (!isVideoId(videoId)) throw new VideoNotFound(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  return files.use(async (store) => {
    const purchases: LedgerPurchase[] = [];
    const unreadable: string[] = [];
    for await (const { key } of store.list(`videos/${videoId}/ledger/`)) {
      const parsed = purchaseSchema.safeParse(await readOrNothing(store.getJson(key)));
      const purchase = parsed.success && toPurchase(key, videoId, parsed.data);
      if (purchase) purchases.push(purchase);
      else unreadable.push(key);
    }
    // The store lists by name; people read in the order of making.
    purchases.sort((a, b) => boughtMedia.indexOf(a.medium) - boughtMedia.indexOf(b.medium));
    const ended = purchases.filter(({ endedAt }) => endedAt !== undefined);
    const open = purchases.filter(({ endedAt }) => endedAt === undefined);
    if (
      purchases.length + unreadable.length === 0 &&
      !(await store.head(`${videoFolder(videoId)}brief.json`))
    )
      throw new VideoNotFound(videoId, 'the bucket holds nothing of it');
    const planUsd = readPlanUsd(await readOrNothing(store.getJson(revisionKey(videoId, 1))));
    return {
      videoId,
      purchases,
      planUsd,
      spentUsd: sum([planUsd, ...ended.map(({ costUsd = 0 }) => costUsd)]),
      openUsd: sum(open.map(({ highestPriceUsd }) => highestPriceUsd)),
      unreadable,
    };
  });
}

const plannedSchema = z.object({
  storyboard: z.object({ planning: z.object({ costUsd: z.number() }) }),
});

function readPlanUsd(revision: unknown): number {
  const parsed = plannedSchema.safeParse(revision);
  return parsed.success ? parsed.data.storyboard.planning.costUsd : 0;
}

/** @returns undefined for an entry of another video, or one with a file of another video */
function toPurchase(
  key: string,
  videoId: string,
  { videoId: owner, artifact, ...purchase }: z.output<typeof purchaseSchema>,
): LedgerPurchase | undefined {
  const isForeign = owner !== videoId || (artifact && !isInVideoFolder(artifact.key, videoId));
  return isForeign ? undefined : { key, ...purchase };
}

async function readOrNothing(read: Promise<{ readonly value: unknown } | undefined>): Promise<unknown> {
  try {
    return (await read)?.value;
  } catch (error) {
    if (error instanceof RequestFailed || (error instanceof Error && error.cause instanceof SyntaxError))
      return undefined;
    throw error;
  }
}

/** Removes the rounding error of binary fractions. */
function sum(amounts: readonly number[]): number {
  return roundUsd(amounts.reduce((total, amount) => total + amount, 0));
}
