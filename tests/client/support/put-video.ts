import type { ObjectStore } from '../../../storage/object-store.ts';
import type { Manifest, ManifestEntry } from '../../../domain/schemas/manifest-schema.ts';

/** Chunks of each beat. */
const chunksOfBeats = [1, 2, 1];

/** Stores a small finished video: three beats, the second with two chunks. Each file contains its unit's name. */
export async function putVideo(store: ObjectStore, videoId: string): Promise<Manifest> {
  const put = async (unit: string, place: { beat?: string; chunk?: number } = {}): Promise<ManifestEntry> => {
    const key = `videos/${videoId}/${unit}.bin`;
    const stored = await store.putBytes(key, Buffer.from(unit), { contentType: 'application/octet-stream' });
    return { ...stored, unit, ...place, attempts: 1, costUsd: 0.01 };
  };
  const places = chunksOfBeats.flatMap((count, index) =>
    Array.from({ length: count }, (_, chunk) => ({ beat: `b${index + 1}`, chunk })),
  );
  const putChunks = (kind: string) =>
    Promise.all(places.map((place) => put(`${kind}-${place.beat}-${place.chunk + 1}`, place)));
  const manifest: Manifest = {
    version: 1,
    videoId,
    revision: 1,
    status: 'succeeded',
    title: 'Three beats',
    durationSeconds: 20,
    beats: chunksOfBeats.map((count, index) => ({
      id: `b${index + 1}`,
      index,
      title: `Beat ${index}`,
      startSeconds: index * 5,
      keptSeconds: count * 5,
    })),
    plannedChunks: places.length,
    costUsd: 0.14,
    stills: await Promise.all(
      chunksOfBeats.map((_, index) => put(`still-b${index + 1}`, { beat: `b${index + 1}` })),
    ),
    preview: await put('preview'),
    chunks: await putChunks('chunk'),
    clips: await putChunks('clip'),
    cut: await put('cut'),
    score: await put('score'),
    video: await put('video'),
  };
  await store.putJson(`videos/${videoId}/manifest-r1.json`, manifest);
  return manifest;
}
