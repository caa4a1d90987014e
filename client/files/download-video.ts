import { lstat, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { InvalidSettings } from '../errors/invalid-settings.ts';
import type { FileStore } from './file-store.ts';
import { findFinished } from './find-finished.ts';
import type { ManifestProof, ManifestRecord } from './read-manifest.ts';

/** A finished video on this machine. */
export interface DownloadedVideo extends ManifestProof {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex; what the file was checked against. */
  readonly sha256: string;
}

/** How to download a video. */
export interface DownloadOptions {
  /** Whether a file that is there is replaced. Default: false. */
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
  /** Called with the bytes received so far and all of them. */
  readonly onBytes?: (received: number, total: number) => void;
}

/**
 * Streams the finished video into a file. The path holds the whole verified video or what it held before.
 *
 * @param path a file, or a folder in which the file is named after the video
 * @throws InvalidSettings when the path is taken; ManifestMissing, FileDamaged when there is no such video, its manifest
 *   is not the recorded one, or its bytes are not those of the manifest
 */
export async function downloadVideo(
  files: FileStore,
  target: { readonly videoId: string; readonly path: string; readonly record: ManifestRecord },
  { signal, onBytes, overwrite = false }: DownloadOptions = {},
): Promise<DownloadedVideo> {
  const { videoId, record } = target;
  const { video, ...proof } = await findFinished(files, videoId, record);
  const path = await toFilePath(target.path, videoId);
  await requirePlace(path, overwrite);
  await files.use((store) =>
    store.downloadToFile(video, path, {
      signal,
      onBytes: (received) => onBytes?.(received, video.sizeBytes),
    }),
  );
  return { path, sizeBytes: video.sizeBytes, sha256: video.sha256, ...proof };
}

async function toFilePath(path: string, videoId: string): Promise<string> {
  const absolute = resolve(path);
  if (await isFolder(absolute)) return join(absolute, `${videoId}.mp4`);
  const folder = dirname(absolute);
  if (await isFolder(folder)) return absolute;
  throw new InvalidSettings(`Saving to ${absolute} failed: there is no folder ${folder}.`);
}

/** A device, a pipe or a link would be replaced by the file. */
async function requirePlace(path: string, overwrite: boolean): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InvalidSettings(`Saving to ${path} failed: it cannot be looked at.`, { cause: error });
  });
  if (found === undefined) return;
  if (!found.isFile()) throw new InvalidSettings(`Saving to ${path} failed: it is not a regular file.`);
  if (!overwrite)
    throw new InvalidSettings(`Saving to ${path} failed: it exists already. Name another, or say --force.`);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
