import { FileStore } from '../../client/files/file-store.ts';
import type { VerifyReport } from '../../client/files/verify-report.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import type { Manifest } from '../../workflows/contract/manifest-schema.ts';
import type { Fleet } from './start-fleet.ts';

/** Reads every file of a video again and compares it with the manifest, as `beatreel verify` does. */
export async function verify({ settings }: Fleet, videoId: string): Promise<VerifyReport> {
  const files = new FileStore(settings.s3);
  try {
    return await verifyVideo(files, videoId, undefined);
  } finally {
    files.close();
  }
}

/** The manifest as it lies in the bucket. */
export async function readManifest({ dependencies: { store } }: Fleet, videoId: string): Promise<Manifest> {
  const found = await store.getJson(`videos/${videoId}/manifest-r1.json`);
  if (!found) throw new Error(`Video ${videoId} has no manifest.`);
  return found.value as Manifest;
}
