import { videoFolder } from '../../domain/video-folder.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import { NotDeletable } from '../errors/not-deletable.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { isVideoId } from '../videos/name-video.ts';
import type { FileStore } from './file-store.ts';
import { readLedger } from './read-ledger.ts';

/** The options of a deletion. */
export interface DeleteOptions {
  /** Only reports the objects. Default: false. */
  readonly dryRun?: boolean;
}

/** The deleted objects of a video; with `dryRun`, those that would be deleted. */
export interface DeletedVideo {
  readonly videoId: string;
  readonly dryRun: boolean;
  readonly objects: number;
  readonly sizeBytes: number;
  /** Number of unfinished uploads. */
  readonly openUploads: number;
  /** Time of the newest object: ISO 8601 in UTC. */
  readonly newestAt: string;
  /** Cost of its purchases, in US dollars, from the ledger, which is deleted too. */
  readonly spentUsd: number;
}

/** The bucket, and a way to ask about videos. */
export interface DeletionWorld {
  readonly files: FileStore;
  /** Whether the video may still continue. */
  readonly isRunning: (videoId: string) => Promise<boolean>;
}

/**
 * Deletes everything of a video in the bucket: files, plan, ledger, manifest. Temporal keeps its history until the end
 * of the namespace's retention. The ledger goes last, so that an interrupted deletion can be repeated.
 *
 * @throws NotDeletable while it runs, or while an order of it may be live at a host; VideoNotFound for an empty folder
 */
export async function deleteVideo(
  { files, isRunning }: DeletionWorld,
  videoId: string,
  { dryRun = false }: DeleteOptions = {},
): Promise<DeletedVideo> {
  if (!isVideoId(videoId)) throw new VideoNotFound(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  if (await isRunning(videoId))
    throw new NotDeletable(videoId, 'it has not ended', `End it first: beatreel cancel ${videoId} --wait`);
  const found = await files.use((store) => look(store, videoId));
  if (found.keys.length === 0 && found.uploads.length === 0)
    throw new VideoNotFound(videoId, 'the bucket holds nothing of it');
  const spentUsd = await requireEnded(files, videoId, found.keys);
  if (!dryRun) await files.use((store) => remove(store, found));
  const { keys, uploads, sizeBytes, newestMs } = found;
  return {
    videoId,
    dryRun,
    objects: keys.length,
    sizeBytes,
    openUploads: uploads.length,
    newestAt: new Date(newestMs).toISOString(),
    spentUsd,
  };
}

interface Found {
  readonly keys: readonly string[];
  readonly uploads: readonly { readonly key: string; readonly uploadId: string }[];
  readonly sizeBytes: number;
  readonly newestMs: number;
}

async function look(store: ObjectStore, videoId: string): Promise<Found> {
  const folder = videoFolder(videoId);
  const keys: string[] = [];
  let [sizeBytes, newestMs] = [0, 0];
  for await (const object of store.list(folder)) {
    keys.push(object.key);
    sizeBytes += object.sizeBytes;
    newestMs = Math.max(newestMs, object.lastModified.getTime());
  }
  return { keys, uploads: await store.listOpenUploads(folder), sizeBytes, newestMs };
}

const ledgerPart = '/ledger/';

/** Requires that no order is live: without the ledger nobody could find it. @returns the spent US dollars */
async function requireEnded(files: FileStore, videoId: string, keys: readonly string[]): Promise<number> {
  if (!keys.some((key) => key.includes(ledgerPart))) return 0;
  const { purchases, spentUsd, unreadable } = await readLedger(files, videoId);
  const open = purchases.filter(({ state }) => state === 'posting' || state === 'submitted');
  const [first] = open;
  if (!first && unreadable.length === 0) return spentUsd;
  const reason = first
    ? `${open.length} of its orders may be live at ${first.host}`
    : `${unreadable[0] ?? ''} cannot be read, and may hide a live order at a host`;
  throw new NotDeletable(videoId, reason, `End what runs first: beatreel cancel ${videoId}`);
}

async function remove(store: ObjectStore, { keys, uploads }: Found): Promise<void> {
  for (const { key, uploadId } of uploads) await store.abortUpload(key, uploadId);
  await store.deleteMany(keys.filter((key) => !key.includes(ledgerPart)));
  await store.deleteMany(keys.filter((key) => key.includes(ledgerPart)));
}
