import { createHash } from 'node:crypto';
import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import { framesPerSecond } from '../domain/chunks.ts';
import { joinClips } from './media/join-clips.ts';
import { checksumOf } from '../storage/checksum.ts';
import { madeOnce } from './made-once.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface JoinRequest {
  /** In screen order. */
  readonly clips: readonly ArtifactRef[];
  readonly frameCount: number;
  /** The key of the cut, without the part that names the choice of clips. */
  readonly pathStem: string;
}

/** Joins clips into the cut by stream copy. Safe to run again: keyed by the clips; the first cut of them stands. */
export function createJoinClips({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(
    async ({ clips, frameCount, pathStem }: JoinRequest, { signal }): Promise<ArtifactRef> => {
      const digest = createHash('sha256').update(clips.map((clip) => checksumOf(clip).value).join());
      const key = `${pathStem}-${digest.digest('hex').slice(0, 12)}.mp4`;
      const work = () =>
        withScratch({ root: scratchRoot, needsBytes: spaceFor(clips) }, async (folder) => {
          const inputs: string[] = [];
          for (const [index, clip] of clips.entries()) {
            const input = join(folder, `clip-${String(index).padStart(3, '0')}.mp4`);
            await store.downloadToFile(clip, input, { signal });
            inputs.push(input);
          }
          const output = join(folder, 'cut.mp4');
          await joinClips(tools, { inputs, output, expectedFrames: frameCount, signal });
          const stored = await store.putFile(key, output, {
            contentType: 'video/mp4',
            ifNoneMatch: '*',
            signal,
          });
          return { ...stored, durationSeconds: frameCount / framesPerSecond };
        });
      return madeOnce(store, { recordKey: `${key}.json`, files: (cut) => [cut], work });
    },
  );
}
