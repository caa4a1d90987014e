import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { fitScore } from './media/fit-score.ts';
import { madeOnce } from './made-once.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface FitScoreRequest {
  readonly score: ArtifactRef;
  readonly durationSeconds: number;
  readonly key: string;
}

/** The score at the length of the video. */
export interface FittedScore extends ArtifactRef {
  /** What of the music was damaged and made good, as a sentence; absent where nothing was. */
  readonly note?: string;
}

/** Loops or trims the score to the length of the video. Safe to run again: keyed by the score's purchase and the length. */
export function createFitScore({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(
    async ({ score, durationSeconds, key }: FitScoreRequest, { signal }): Promise<FittedScore> => {
      const work = () =>
        withScratch({ root: scratchRoot, needsBytes: spaceFor([score]) }, async (folder) => {
          const input = join(folder, 'score');
          const output = join(folder, 'fitted.flac');
          await store.downloadToFile(score, input, { signal });
          const damage = await fitScore(tools, { input, output, durationSeconds, signal });
          const stored = await store.putFile(key, output, {
            contentType: 'audio/flac',
            ifNoneMatch: '*',
            signal,
          });
          const note = describeRepair(damage);
          return { ...stored, durationSeconds, ...(note === undefined ? {} : { note }) };
        });
      return madeOnce(store, { recordKey: `${key}.json`, files: (fitted) => [fitted], work });
    },
  );
}
