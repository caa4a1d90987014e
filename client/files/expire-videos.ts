import { NotDeletable } from '../errors/not-deletable.ts';
import { isVideoId } from '../videos/name-video.ts';
import { type DeletedVideo, deleteVideo, type DeletionWorld } from './delete-video.ts';

/** Selects the videos to delete. */
export interface ExpireOptions {
  /** The least age of a video's newest object, in days, 1 or more. */
  readonly olderThanDays: number;
  /** Only reports the videos. Default: false. */
  readonly dryRun?: boolean;
  /** Also sets the bucket's rule, by which the store itself deletes objects of that age. Default: false. */
  readonly installRule?: boolean;
}

/** The deleted videos, and the old ones that were kept. */
export interface ExpireReport {
  readonly olderThanDays: number;
  readonly dryRun: boolean;
  /** With `dryRun`: videos that would be deleted. */
  readonly deleted: readonly DeletedVideo[];
  readonly kept: readonly { readonly videoId: string; readonly reason: string }[];
  /** Absent without `installRule`. */
  readonly rule?: 'installed' | 'present' | 'would be installed';
}

const prefix = 'videos/';
const dayMs = 86_400_000;

/**
 * Deletes everything of ended videos whose newest object is old enough. Safe to run again.
 *
 * @throws RangeError for less than a day
 */
export async function expireVideos(
  world: DeletionWorld & { readonly now?: () => number },
  { olderThanDays, dryRun = false, installRule = false }: ExpireOptions,
): Promise<ExpireReport> {
  if (!(Number.isInteger(olderThanDays) && olderThanDays >= 1))
    throw new RangeError(`olderThanDays is ${olderThanDays}: a whole number from 1 on.`);
  const { now = Date.now } = world;
  const oldest = now() - olderThanDays * dayMs;
  const deleted: DeletedVideo[] = [];
  const kept: { videoId: string; reason: string }[] = [];
  for (const [videoId, newestMs] of await newestByVideo(world)) {
    if (newestMs > oldest) continue;
    try {
      deleted.push(await deleteVideo(world, videoId, { dryRun }));
    } catch (error) {
      if (!(error instanceof NotDeletable)) throw error;
      kept.push({ videoId, reason: error.message });
    }
  }
  const rule = installRule && (await setRule(world, { prefix, afterDays: olderThanDays }, dryRun));
  return { olderThanDays, dryRun, deleted, kept, ...(rule && { rule }) };
}

async function newestByVideo({ files }: DeletionWorld): Promise<ReadonlyMap<string, number>> {
  return files.use(async (store) => {
    const newest = new Map<string, number>();
    for await (const { key, lastModified } of store.list(prefix)) {
      const videoId = key.slice(prefix.length).split('/', 1)[0] ?? '';
      if (isVideoId(videoId)) newest.set(videoId, Math.max(newest.get(videoId) ?? 0, lastModified.getTime()));
    }
    return newest;
  });
}

function setRule(
  { files }: DeletionWorld,
  rule: { readonly prefix: string; readonly afterDays: number },
  dryRun: boolean,
): Promise<NonNullable<ExpireReport['rule']>> {
  return files.use(async (store) => {
    if (!dryRun) return store.installExpiryRule(rule);
    return (await store.hasExpiryRule(rule)) ? 'present' : 'would be installed';
  });
}
