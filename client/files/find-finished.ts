import type { ManifestEntry } from '../../domain/schemas/manifest-schema.ts';
import { FileDamaged } from '../errors/file-damaged.ts';
import { checkFolder } from './check-manifest.ts';
import type { FileStore } from './file-store.ts';
import { type ManifestProof, type ManifestRecord, readManifest } from './read-manifest.ts';

/** The finished video of a manifest. */
export interface FinishedVideo extends ManifestProof {
  readonly video: ManifestEntry & { readonly sha256: string };
}

/**
 * Finds the file of a finished video.
 *
 * @throws FileDamaged when its manifest differs from the recorded one, names keys outside the video's folder, or names
 *   no finished video; ManifestMissing
 */
export async function findFinished(
  files: FileStore,
  videoId: string,
  record: ManifestRecord,
): Promise<FinishedVideo> {
  const { manifest, key, manifestProven, unprovenBecause } = await readManifest(files, videoId, record);
  if ('recorded' in record && !manifestProven)
    throw new FileDamaged(`${key} is not the manifest of ${videoId}: ${unprovenBecause ?? ''}.`);
  const [foreign] = checkFolder(manifest, videoId);
  if (foreign) throw new FileDamaged(foreign.text);
  const { video } = manifest;
  if (video?.sha256 === undefined)
    throw new FileDamaged(`${key} names no finished video: ${videoId} is ${manifest.status}.`);
  return {
    video: { ...video, sha256: video.sha256 },
    manifestProven,
    unprovenBecause,
  };
}
