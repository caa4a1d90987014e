import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import type { ShortClipPolicy } from '../domain/brief.ts';
import { extractLastKeptFrame } from './media/last-kept-frame.ts';
import { madeOnce } from './made-once.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface LastFrameRequest {
  readonly chunk: ArtifactRef;
  /** Frames kept of the chunk, at 24 a second; the last of them is extracted. */
  readonly frameCount: number;
  readonly key: string;
  /** As for the clip of the chunk. Default: `hold`. */
  readonly shortClips?: ShortClipPolicy | undefined;
}

/**
 * Stores the picture from which the next chunk of a beat starts. Safe to run again: keyed by the chunk's purchase and
 * the frames kept of it.
 */
export function createExtractLastFrame({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(
    async (
      { chunk, frameCount, key, shortClips = 'hold' }: LastFrameRequest,
      { signal },
    ): Promise<ArtifactRef> =>
      madeOnce(store, {
        recordKey: `${key}.json`,
        files: (frame) => [frame],
        work: () =>
          withScratch({ root: scratchRoot, needsBytes: spaceFor([chunk]) }, async (folder) => {
            const input = join(folder, 'chunk');
            const output = join(folder, 'last.png');
            await store.downloadToFile(chunk, input, { signal });
            await extractLastKeptFrame(tools, { input, output, frameCount, shortClips, signal });
            return store.putFile(key, output, { contentType: 'image/png', ifNoneMatch: '*', signal });
          }),
      }),
  );
}
