import { z } from 'zod';

import { boughtMedia } from '../../domain/media.ts';
import { unitName } from '../../domain/unit.ts';
import { isInVideoFolder, videoFolder } from '../../domain/video-folder.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { isVideoId } from '../videos/name-video.ts';
import type { FileStore } from './file-store.ts';

const entrySchema = z.object({
  medium: z.enum(boughtMedia),
  beat: z.string(),
  chunk: z.int(),
  take: z.int(),
  state: z.string(),
  host: z.string(),
  model: z.string(),
  prompt: z.string(),
  input: z.object({ seed: z.number().optional() }).loose().optional(),
  predictionId: z.string().optional(),
  costUsd: z.number().optional(),
  artifact: z.object({ key: z.string(), sizeBytes: z.number() }).optional(),
});

/** One take of a unit. Cost in US dollars. */
export interface VideoTake {
  /** E.g. `still-b3`. */
  readonly unit: string;
  /** Number for choosing the take again (`pin`). */
  readonly take: number;
  /** The ledger's state, e.g. `succeeded`. */
  readonly state: string;
  readonly host: string;
  readonly model: string;
  readonly seed?: number;
  /** The sent words. */
  readonly prompt: string;
  readonly predictionId?: string;
  readonly costUsd?: number;
  /** Key of the file, if any. */
  readonly key?: string;
  /** Opens the file for anybody, for an hour: keep it out of logs. */
  readonly url?: string;
}

const urlSeconds = 3600;

/**
 * Every take of a video, or of one of its units, from the bucket. Needs no worker and no Temporal.
 *
 * @throws VideoNotFound for an empty folder
 */
export async function readTakes(files: FileStore, videoId: string, unit?: string): Promise<VideoTake[]> {
  if (!isVideoId(videoId)) throw new VideoNotFound(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  return files.use(async (store) => {
    const takes: VideoTake[] = [];
    for await (const { key } of store.list(`${videoFolder(videoId)}ledger/`)) {
      const parsed = entrySchema.safeParse((await store.getJson(key))?.value);
      if (!parsed.success) continue;
      const { medium, beat, chunk, artifact, input, ...entry } = parsed.data;
      const name = unitName({ medium, beat, chunk });
      if (unit !== undefined && name !== unit) continue;
      const file = artifact && isInVideoFolder(artifact.key, videoId) ? artifact : undefined;
      takes.push({
        unit: name,
        ...entry,
        ...(input?.seed === undefined ? {} : { seed: input.seed }),
        ...(file
          ? {
              key: file.key,
              url: await store.presignGet(file.key, { expiresSeconds: urlSeconds, publicEndpoint: true }),
            }
          : {}),
      });
    }
    if (takes.length === 0 && !(await store.head(`${videoFolder(videoId)}brief.json`)))
      throw new VideoNotFound(videoId, 'the bucket holds nothing of it');
    return takes.toSorted((a, b) => a.unit.localeCompare(b.unit, 'en', { numeric: true }) || a.take - b.take);
  });
}
