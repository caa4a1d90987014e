import type { Manifest } from '../../workflows/contract/manifest-schema.ts';
import { manifestSchema } from '../../workflows/contract/manifest-schema.ts';
import { ManifestMissing } from '../errors/manifest-missing.ts';
import { isVideoId } from '../videos/name-video.ts';
import type { FileStore } from './file-store.ts';

/** A manifest and where it lies. */
export interface StoredManifest {
  readonly key: string;
  readonly manifest: Manifest;
}

/** Reads the manifest of the highest revision. @throws ManifestMissing; ServerUnreachable, InvalidSettings */
export async function readManifest(files: FileStore, videoId: string): Promise<StoredManifest> {
  if (!isVideoId(videoId)) throw new ManifestMissing(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  return files.use(async (store) => {
    const key = await findLatest(store.list(`videos/${videoId}/manifest-r`));
    if (key === undefined) {
      throw new ManifestMissing(
        videoId,
        'the bucket holds none under its id; it is written when the video ends',
      );
    }
    const parsed = manifestSchema.safeParse((await store.getJson(key))?.value);
    if (parsed.success) return { key, manifest: parsed.data };
    const [issue] = parsed.error.issues;
    throw new ManifestMissing(
      videoId,
      `${key} is none (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`,
    );
  });
}

async function findLatest(objects: AsyncIterable<{ readonly key: string }>): Promise<string | undefined> {
  let latest: { readonly key: string; readonly revision: number } | undefined;
  for await (const { key } of objects) {
    const revision = Number(/manifest-r(\d+)\.json$/.exec(key)?.[1] ?? Number.NaN);
    if (revision > (latest?.revision ?? -1)) latest = { key, revision };
  }
  return latest?.key;
}
