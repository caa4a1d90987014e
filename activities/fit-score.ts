import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { fitScore } from './media/fit-score.ts';
import { madeOnce } from './made-once.ts';
import { measureLoudness, nearSilenceLufs } from './media/sound/measure-loudness.ts';
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
  /** What a person should know of it: damage that was made good, silence. Absent: nothing. */
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
          const { integratedLufs } = await measureLoudness(tools, { input: output, signal });
          const notes = [describeRepair(damage), describeSilence(integratedLufs)];
          const note = notes.filter((sentence) => sentence !== undefined).join(' ') || undefined;
          return { ...stored, durationSeconds, ...(note === undefined ? {} : { note }) };
        });
      return madeOnce(store, { recordKey: `${key}.json`, files: (fitted) => [fitted], work });
    },
  );
}

/** Music is not lifted out of its noise, and a video with silence under it looks finished. @param lufs undefined for silence */
function describeSilence(lufs: number | undefined): string | undefined {
  if (lufs === undefined) return 'it is silent.';
  return lufs < nearSilenceLufs ? `it is nearly silent (${lufs.toFixed(1)} LUFS), and stays so.` : undefined;
}
