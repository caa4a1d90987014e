import { FileStore } from '../../client/files/file-store.ts';
import type { VerifyReport } from '../../client/files/verify-report.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import type { Manifest } from '../../domain/schemas/manifest-schema.ts';
import type { VideoResult } from '../../domain/progress.ts';
import type { Fleet } from './start-fleet.ts';

/** Reads every file of a video again and compares it with the manifest, as `beatreel verify` does. */
export async function verify({ settings, client }: Fleet, videoId: string): Promise<VerifyReport> {
  const files = new FileStore(settings.s3);
  try {
    const { manifest } = (await client.workflow.getHandle(videoId).result()) as VideoResult;
    return await verifyVideo(files, videoId, { recorded: manifest });
  } finally {
    files.close();
  }
}

/** The manifest in the bucket. */
export async function readManifest({ dependencies: { store } }: Fleet, videoId: string): Promise<Manifest> {
  const found = await store.getJson(`videos/${videoId}/manifest-r1.json`);
  if (!found) throw new Error(`Video ${videoId} has no manifest.`);
  return found.value as Manifest;
}
