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
  /** Lower-case hex; the file was verified against it. */
  readonly sha256: string;
}

/** The options of a download. */
export interface DownloadOptions {
  /** Whether to replace an existing file. Default: false. */
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
  /** Called with the received and the total bytes. */
  readonly onBytes?: (received: number, total: number) => void;
}

/**
 * Streams the finished video into a file. The path holds the whole verified video or its former content.
 *
 * @param path a file, or a folder in which the file is named after the video
 * @throws InvalidSettings when the path is taken; ManifestMissing, FileDamaged without such a video, with a manifest
 *   that differs from its record, or with bytes that differ from the manifest
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

/** Refuses irregular files, and existing ones unless `overwrite`: the download would replace a device, pipe or link. */
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
