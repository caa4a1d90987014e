import { join } from 'node:path';

import type { ArtifactRef, FittedScore } from '../domain/artifact.ts';
import { countFrames } from '../domain/chunks.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { fitScore } from './media/fit-score.ts';
import { madeOnce } from './made-once.ts';
import { masterSound } from './media/sound/master-sound.ts';
import { measureLoudness, nearSilenceLufs } from './media/sound/measure-loudness.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface FitScoreRequest {
  readonly score: ArtifactRef;
  readonly durationSeconds: number;
  readonly key: string;
}

export interface ScoreWithNote extends FittedScore {
  /** A note for people on repaired damage or silence. Absent: nothing to say. */
  readonly note?: string;
}

/**
 * Loops or trims the score to the length of the video. Also encodes it as the audio track for a video whose clips have
 * no sound, so that encoding runs beside the footage, not after it. Safe to run again: keyed by the score's purchase
 * and the length.
 */
export function createFitScore({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(
    async ({ score, durationSeconds, key }: FitScoreRequest, { signal }): Promise<ScoreWithNote> => {
      const work = () =>
        withScratch({ root: scratchRoot, needsBytes: spaceFor([score]) }, async (folder) => {
          const input = join(folder, 'score');
          const output = join(folder, 'fitted.flac');
          await store.downloadToFile(score, input, { signal });
          const damage = await fitScore(tools, { input, output, durationSeconds, signal });
          const track = join(folder, 'track.mp4');
          await masterSound(tools, {
            input: output,
            output: track,
            frameCount: countFrames(durationSeconds),
            signal,
          });
          const put = (file: string, name: string, contentType: string) =>
            store.putFile(name, file, { contentType, ifNoneMatch: '*', signal });
          const stored = {
            ...(await put(output, key, 'audio/flac')),
            durationSeconds,
            track: await put(track, `${key}.mp4`, 'audio/mp4'),
          };
          const { integratedLufs } = await measureLoudness(tools, { input: output, signal });
          const notes = [describeRepair(damage), describeSilence(integratedLufs)];
          const note = notes.filter((sentence) => sentence !== undefined).join(' ') || undefined;
          return { ...stored, note };
        });
      return madeOnce(store, { recordKey: `${key}.json`, files: (fitted) => [fitted, fitted.track], work });
    },
  );
}

/** Notes music too quiet to be made louder: a video over it looks finished. @param lufs undefined for silence */
function describeSilence(lufs: number | undefined): string | undefined {
  if (lufs === undefined) return 'it is silent.';
  return lufs < nearSilenceLufs ? `it is nearly silent (${lufs.toFixed(1)} LUFS), and stays so.` : undefined;
}
