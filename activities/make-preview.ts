import { join } from 'node:path';

import { type ArtifactRef, fingerprintOf, type FittedScore } from '../domain/artifact.ts';
import type { AspectRatio } from '../domain/brief.ts';
import { framesPerSecond } from '../domain/chunks.ts';
import { hashOf } from '../domain/hash.ts';
import { madeOnce } from './made-once.ts';
import { makePreview } from './media/make-preview.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface PreviewRequest {
  /** One per beat, in beat order, each with its length at 24 frames a second. */
  readonly pictures: readonly { readonly picture: ArtifactRef; readonly frameCount: number }[];
  /** Absent when there is no music yet. */
  readonly score?: FittedScore | undefined;
  readonly aspectRatio: AspectRatio;
  /** The key of the preview, without the part that names the choice of pictures. */
  readonly pathStem: string;
}

/** Moves the stills slowly over the score, as a small MP4. Safe to run again: keyed by its inputs. */
export function createMakePreview({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(
    async ({ pictures, score, aspectRatio, pathStem }: PreviewRequest, { signal }): Promise<ArtifactRef> => {
      const parts = pictures.map(({ picture, frameCount }) => [fingerprintOf(picture), frameCount]);
      const made = hashOf({ parts, score: score && fingerprintOf(score), aspectRatio });
      const key = `${pathStem}-${made.slice(0, 12)}.mp4`;
      const files = [...pictures.map(({ picture }) => picture), ...(score ? [score] : [])];
      const work = () =>
        withScratch({ root: scratchRoot, needsBytes: spaceFor(files) }, async (folder) => {
          const fetch = async (name: string, file: ArtifactRef) => {
            const path = join(folder, name);
            await store.downloadToFile(file, path, { signal });
            return path;
          };
          const stills: { picture: string; frameCount: number }[] = [];
          for (const [index, { picture, frameCount }] of pictures.entries())
            stills.push({ picture: await fetch(`still-${index}`, picture), frameCount });
          const sound = score?.track
            ? { track: await fetch('track.mp4', score.track) }
            : { score: score && (await fetch('score.flac', score)) };
          const output = join(folder, 'preview.mp4');
          await makePreview(tools, { ...sound, stills, output, aspectRatio, signal });
          const stored = await store.putFile(key, output, { contentType: 'video/mp4', signal });
          const frames = pictures.reduce((sum, { frameCount }) => sum + frameCount, 0);
          return { ...stored, durationSeconds: frames / framesPerSecond };
        });
      return madeOnce(store, { recordKey: `${key}.json`, files: (preview) => [preview], work });
    },
  );
}
