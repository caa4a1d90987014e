import { join } from 'node:path';

import type { ArtifactRef, FittedScore } from '../domain/artifact.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { countFrames } from '../domain/chunks.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { fitScore } from './media/fit-score.ts';
import { madeOnce } from './made-once.ts';
import { type MasterRequest, masterSound } from './media/sound/master-sound.ts';
import { measureLoudness, nearSilenceLufs } from './media/sound/measure-loudness.ts';
import type { MediaTools, RenderDependencies } from './media/media-tools.ts';
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
export function createFitScore(dependencies: RenderDependencies) {
  return defineActivity(async (request: FitScoreRequest, { signal }): Promise<ScoreWithNote> =>
    madeOnce(dependencies.store, {
      recordKey: `${request.key}.json`,
      files: (fitted) => [fitted, fitted.track],
      work: () => fit(dependencies, request, signal),
    }),
  );
}

async function fit(
  { store, tools, scratchRoot }: RenderDependencies,
  { score, durationSeconds, key }: FitScoreRequest,
  signal: AbortSignal,
): Promise<ScoreWithNote> {
  return withScratch({ root: scratchRoot, needsBytes: spaceFor([score]) }, async (folder) => {
    const input = join(folder, 'score');
    const output = join(folder, 'fitted.flac');
    await store.downloadToFile(score, input, { signal });
    const damage = await fitScore(tools, { input, output, durationSeconds, signal });
    const source = await measureLoudness(tools, { input: output, signal });
    const put = (file: string, name: string, contentType: string) =>
      store.putFile(name, file, { contentType, ifNoneMatch: '*', signal });
    const fitted = { ...(await put(output, key, 'audio/flac')), durationSeconds };
    const master = { input: output, output: join(folder, 'track.mp4'), source, signal };
    const isMade = await masterIfPossible(tools, { ...master, frameCount: countFrames(durationSeconds) });
    const track = isMade ? await put(master.output, `${key}.mp4`, 'audio/mp4') : undefined;
    const notes = [describeRepair(damage), describeSilence(source.integratedLufs)];
    const note = notes.filter((sentence) => sentence !== undefined).join(' ') || undefined;
    return { ...fitted, track, note };
  });
}

/** The music is not lost by a track that could not be encoded: `finishVideo` encodes it then, and says what fails. */
async function masterIfPossible(tools: MediaTools, request: MasterRequest): Promise<boolean> {
  try {
    await masterSound(tools, request);
    return true;
  } catch (error) {
    if (error instanceof BeatreelFailure && error.type === failureTypes.mediaToolFailed) return false;
    throw error;
  }
}

/** Notes music too quiet to be made louder: a video over it looks finished. @param lufs undefined for silence */
function describeSilence(lufs: number | undefined): string | undefined {
  if (lufs === undefined) return 'it is silent.';
  return lufs < nearSilenceLufs ? `it is nearly silent (${lufs.toFixed(1)} LUFS), and stays so.` : undefined;
}
