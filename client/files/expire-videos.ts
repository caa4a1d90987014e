import { NotDeletable } from '../errors/not-deletable.ts';
import { isVideoId } from '../videos/name-video.ts';
import { type DeletedVideo, deleteVideo, type DeletionWorld } from './delete-video.ts';

/** Which videos to delete. */
export interface ExpireOptions {
  /** Only those whose newest object was written at least so many days ago, 1 or more. */
  readonly olderThanDays: number;
  /** Only says what it would do. Default: false. */
  readonly dryRun?: boolean;
  /** Also sets the bucket's rule by which the store deletes objects of that age by itself. Default: false. */
  readonly installRule?: boolean;
}

/** The videos that were deleted, and old ones that were left. */
export interface ExpireReport {
  readonly olderThanDays: number;
  readonly dryRun: boolean;
  /** With `dryRun`: those that would be. */
  readonly deleted: readonly DeletedVideo[];
  readonly kept: readonly { readonly videoId: string; readonly reason: string }[];
  /** Absent unless it was asked for. */
  readonly rule?: 'installed' | 'present' | 'would be installed';
}

const prefix = 'videos/';
const dayMs = 86_400_000;

/**
 * Deletes everything of the videos that nobody has written to for a while and that have ended. Safe to run again.
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
