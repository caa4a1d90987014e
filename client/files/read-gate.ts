import { z } from 'zod';

import { type OpenGate, shownAt } from '../../domain/gates.ts';
import type { VideoProgress } from '../../domain/progress.ts';
import { revisionKey } from '../../domain/revision.ts';
import { isInVideoFolder } from '../../domain/video-folder.ts';
import type { FileStore } from './file-store.ts';

const storyboardSchema = z.object({
  storyboard: z.object({
    musicPrompt: z.string(),
    beats: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        keptSeconds: z.number(),
        stillPrompt: z.string(),
        motionPrompt: z.string(),
      }),
    ),
  }),
});

/** One beat of a storyboard that waits for approval. */
export interface GateBeat {
  readonly id: string;
  readonly title: string;
  /** Its length in the video. */
  readonly keptSeconds: number;
  readonly stillPrompt: string;
  readonly motionPrompt: string;
}

/** One file to look at before approving. */
export interface GateFile {
  /** E.g. `still-b2`, `preview`. */
  readonly unit: string;
  readonly key: string;
  /** Opens the file for anybody, for an hour: keep it out of logs. */
  readonly url: string;
}

/** Everything for a person to look at before approving. */
export interface GateView extends OpenGate {
  readonly videoId: string;
  /** ISO 8601 in UTC. */
  readonly waitingSince?: string;
  /** In screen order. */
  readonly beats: readonly GateBeat[];
  /** Description of the music. */
  readonly musicPrompt: string;
  /** Empty at the gate `storyboard`. */
  readonly files: readonly GateFile[];
}

const urlSeconds = 3600;

/** @returns undefined where the video waits at no gate */
export async function readGate(files: FileStore, progress: VideoProgress): Promise<GateView | undefined> {
  const { gate: open, videoId, waitingSince } = progress;
  if (!open) return undefined;
  return files.use(async (store) => {
    const stored = await store.getJson(revisionKey(videoId, open.revision));
    const { storyboard } = storyboardSchema.parse(stored?.value);
    const shown = progress.phases
      .flatMap(({ units }) => units)
      .filter(({ medium }) => shownAt[open.gate].includes(medium));
    const signed = shown.map(async ({ name, artifact }) => {
      if (!artifact || !isInVideoFolder(artifact.key, videoId)) return [];
      const { key } = artifact;
      const url = await store.presignGet(key, { expiresSeconds: urlSeconds, publicEndpoint: true });
      return [{ unit: name, key, url }];
    });
    return {
      videoId,
      ...open,
      waitingSince,
      ...storyboard,
      files: (await Promise.all(signed)).flat(),
    };
  });
}
