import type { ObjectStore } from '../../../storage/object-store.ts';
import type { Manifest, ManifestEntry } from '../../../domain/schemas/manifest-schema.ts';
import { pad } from '../../../domain/unit.ts';

/** Chunks of each beat. */
const chunksOfBeats = [1, 2, 1];

/** Puts a small finished video into the bucket: three beats, the second with two chunks. Files hold their unit's name. */
export async function putVideo(store: ObjectStore, videoId: string): Promise<Manifest> {
  const put = async (unit: string, place: { beat?: number; chunk?: number } = {}): Promise<ManifestEntry> => {
    const key = `videos/${videoId}/${unit}.bin`;
    const stored = await store.putBytes(key, Buffer.from(unit), { contentType: 'application/octet-stream' });
    return { ...stored, unit, ...place, attempts: 1, costUsd: 0.01 };
  };
  const places = chunksOfBeats.flatMap((count, beat) =>
    Array.from({ length: count }, (_, chunk) => ({ beat, chunk })),
  );
  const putChunks = (kind: string) =>
    Promise.all(places.map((place) => put(`${kind}-${pad(place.beat)}-${pad(place.chunk)}`, place)));
  const manifest: Manifest = {
    version: 1,
    videoId,
    revision: 1,
    status: 'succeeded',
    title: 'Three beats',
    durationSeconds: 20,
    beats: chunksOfBeats.map((count, index) => ({
      index,
      title: `Beat ${index}`,
      startSeconds: index * 5,
      keptSeconds: count * 5,
    })),
    plannedChunks: places.length,
    costUsd: 0.14,
    stills: await Promise.all(chunksOfBeats.map((_, beat) => put(`still-${pad(beat)}`, { beat }))),
    chunks: await putChunks('chunk'),
    clips: await putChunks('clip'),
    cut: await put('cut'),
    score: await put('score'),
    video: await put('video'),
  };
  await store.putJson(`videos/${videoId}/manifest-r1.json`, manifest);
  return manifest;
}
