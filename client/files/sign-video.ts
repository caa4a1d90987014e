import type { FileStore } from './file-store.ts';
import { findFinished } from './find-finished.ts';
import type { ManifestProof, ManifestRecord } from './read-manifest.ts';

/** The options of a signed address. */
export interface VideoUrlOptions {
  /** 1–604,800 (seven days, the most that S3 signs for). Default: 3,600. */
  readonly expiresInSeconds?: number;
}

/** An address that opens the finished video for anybody: keep it out of logs. */
export interface VideoUrl extends ManifestProof {
  readonly url: string;
  /** ISO 8601 in UTC, by this machine's clock. */
  readonly expiresAt: string;
}

const usualSeconds = 3_600;
const mostSeconds = 604_800;

/**
 * Signs an address of the finished video, at `S3_PUBLIC_ENDPOINT` if set.
 *
 * @throws RangeError for a time out of range; ManifestMissing, FileDamaged without such a video
 */
export async function signVideo(
  files: FileStore,
  { videoId, record }: { readonly videoId: string; readonly record: ManifestRecord },
  { expiresInSeconds = usualSeconds }: VideoUrlOptions = {},
): Promise<VideoUrl> {
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1 || expiresInSeconds > mostSeconds)
    throw new RangeError(`expiresInSeconds is ${expiresInSeconds}: a whole number from 1 to ${mostSeconds}.`);
  const { video, ...proof } = await findFinished(files, videoId, record);
  const expiresAt = new Date(Date.now() + expiresInSeconds * 1000).toISOString();
  const url = await files.use((store) =>
    store.presignGet(video.key, {
      expiresSeconds: expiresInSeconds,
      contentDisposition: `inline; filename="${videoId}.mp4"`,
      publicEndpoint: true,
    }),
  );
  return { url, expiresAt, ...proof };
}
