import { openUploadsRule } from '../../storage/abort-rule.ts';
import type { OpenUpload } from '../../storage/multipart-upload.ts';
import type { FileStore } from './file-store.ts';

/** Selects the uploads to abort. */
export interface SweepOptions {
  /** The least age of an upload in hours, 1 or more. Default: 24. */
  readonly olderThanHours?: number;
  /** Only reports the uploads. Default: false. */
  readonly dryRun?: boolean;
  /** Also sets the bucket's rule, by which the store aborts uploads after a day. Default: false. */
  readonly installRule?: boolean;
}

/** An unfinished upload. */
export interface SweptUpload {
  readonly key: string;
  readonly videoId: string;
  readonly uploadId: string;
  /** ISO 8601 in UTC, by the store's clock. */
  readonly begunAt: string;
}

/** The aborted uploads, and the kept ones. */
export interface SweepReport {
  readonly olderThanHours: number;
  readonly dryRun: boolean;
  /** With `dryRun`: uploads that would be aborted. */
  readonly aborted: readonly SweptUpload[];
  readonly kept: readonly (SweptUpload & { readonly reason: 'young' | 'running' })[];
  /** Absent without `installRule`. */
  readonly rule?: 'installed' | 'present' | 'would be installed';
}

/** The bucket, and a way to ask about videos. */
export interface SweepWorld {
  readonly files: FileStore;
  /** Whether the video may still continue its uploads. */
  readonly isRunning: (videoId: string) => Promise<boolean>;
  /** Milliseconds since 1970. Default: this machine's clock. */
  readonly now?: () => number;
}

const { prefix } = openUploadsRule;

/**
 * Aborts open multipart uploads that no running video owns: invisible but billed leftovers of a dead fleet. Safe to run
 * again, also beside workers.
 *
 * @throws RangeError for less than an hour
 */
export async function sweepUploads(
  { files, isRunning, now = Date.now }: SweepWorld,
  { olderThanHours = 24, dryRun = false, installRule = false }: SweepOptions = {},
): Promise<SweepReport> {
  if (!(olderThanHours >= 1)) throw new RangeError(`olderThanHours is ${olderThanHours}: at least 1.`);
  const youngest = now() - olderThanHours * 3_600_000;
  const open = await files.use((store) => store.listOpenUploads(prefix));
  const running = await askOnce(open, isRunning);
  const aborted: SweptUpload[] = [];
  const kept: SweepReport['kept'][number][] = [];
  for (const upload of open) {
    const swept = describe(upload);
    if (running.has(swept.videoId)) kept.push({ ...swept, reason: 'running' });
    else if (upload.initiated.getTime() > youngest) kept.push({ ...swept, reason: 'young' });
    else {
      if (!dryRun) await files.use((store) => store.abortUpload(upload.key, upload.uploadId));
      aborted.push(swept);
    }
  }
  return {
    olderThanHours,
    dryRun,
    aborted,
    kept,
    ...(installRule && { rule: await setRule(files, dryRun) }),
  };
}

async function setRule(files: FileStore, dryRun: boolean): Promise<NonNullable<SweepReport['rule']>> {
  if (!dryRun) return files.use((store) => store.installAbortRule(openUploadsRule));
  return (await files.use((store) => store.hasAbortRule(openUploadsRule))) ? 'present' : 'would be installed';
}

async function askOnce(
  open: readonly OpenUpload[],
  isRunning: SweepWorld['isRunning'],
): Promise<ReadonlySet<string>> {
  const running = new Set<string>();
  for (const videoId of new Set(open.map(({ key }) => videoIdOf(key)))) {
    if (await isRunning(videoId)) running.add(videoId);
  }
  return running;
}

function describe({ key, uploadId, initiated }: OpenUpload): SweptUpload {
  return { key, videoId: videoIdOf(key), uploadId, begunAt: initiated.toISOString() };
}

function videoIdOf(key: string): string {
  return key.slice(prefix.length).split('/', 1)[0] ?? '';
}
