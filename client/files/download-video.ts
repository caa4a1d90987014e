import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { FileDamaged } from '../errors/file-damaged.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';
import type { FileStore } from './file-store.ts';
import { readManifest } from './read-manifest.ts';

/** A finished video on this machine. */
export interface DownloadedVideo {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex; what the file was checked against. */
  readonly sha256: string;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes received so far and all of them. */
  readonly onBytes?: (received: number, total: number) => void;
}

/**
 * Streams the finished video into a file. The path holds the whole verified video or what it held before.
 *
 * @param path a file, or a folder in which the file is named after the video
 * @throws ManifestMissing, FileDamaged when there is no such video or its bytes are not those of the manifest
 */
export async function downloadVideo(
  files: FileStore,
  target: { readonly videoId: string; readonly path: string },
  { signal, onBytes }: DownloadOptions = {},
): Promise<DownloadedVideo> {
  const { videoId } = target;
  const { manifest, key } = await readManifest(files, videoId);
  const { video } = manifest;
  if (video?.sha256 === undefined)
    throw new FileDamaged(`${key} names no finished video: ${videoId} is ${manifest.status}.`);
  const path = await toFilePath(target.path, videoId);
  await files.use((store) =>
    store.downloadToFile(video, path, {
      ...(signal === undefined ? {} : { signal }),
      onBytes: (received) => onBytes?.(received, video.sizeBytes),
    }),
  );
  return { path, sizeBytes: video.sizeBytes, sha256: video.sha256 };
}

async function toFilePath(path: string, videoId: string): Promise<string> {
  const absolute = resolve(path);
  if (await isFolder(absolute)) return join(absolute, `${videoId}.mp4`);
  const folder = dirname(absolute);
  if (await isFolder(folder)) return absolute;
  throw new InvalidSettings(`Saving to ${absolute} failed: there is no folder ${folder}.`);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
