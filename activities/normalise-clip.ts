import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import type { AspectRatio, ShortClipPolicy } from '../domain/brief.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { type Clip, normaliseClip } from './media/normalise-clip.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface NormaliseRequest {
  readonly chunk: ArtifactRef;
  /** Frames kept, at 24 a second. */
  readonly frameCount: number;
  readonly aspectRatio: AspectRatio;
  /** Where the clip is stored. */
  readonly clipKey: string;
  /** Where the chunk's own sound is stored, if it has any. */
  readonly soundKey: string;
  /** What becomes of a chunk that came too short. Default: `hold`. */
  readonly shortClips?: ShortClipPolicy | undefined;
}

export interface NormalisedClip {
  readonly clip: ArtifactRef;
  /** Exactly as long as the clip; absent when the chunk is silent. */
  readonly sound?: ArtifactRef;
  /** What a person should know of it: damage that was made good, footage that was too short. Absent: nothing. */
  readonly note?: string;
}

/** Brings a chunk into the video's own format. Safe to run again: keyed by the chunk's purchase. */
export function createNormaliseClip({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(async (request: NormaliseRequest, { signal }): Promise<NormalisedClip> =>
    withScratch({ root: scratchRoot, needsBytes: spaceFor([request.chunk]) }, async (folder) => {
      const { chunk, frameCount, aspectRatio, shortClips = 'hold' } = request;
      const input = join(folder, 'chunk');
      const output = join(folder, 'clip.mp4');
      const soundOutput = join(folder, 'sound.flac');
      await store.downloadToFile(chunk, input, { signal });
      const made = await normaliseClip(tools, {
        input,
        output,
        soundOutput,
        frameCount,
        aspectRatio,
        shortClips,
        signal,
      });
      const { durationSeconds } = made;
      const clip = await store.putFile(request.clipKey, output, {
        contentType: 'video/mp4',
        ifNoneMatch: '*',
        signal,
      });
      const note = toNote(made);
      const whole = { clip: { ...clip, durationSeconds }, ...(note === undefined ? {} : { note }) };
      if (!made.hasSound) return whole;
      const sound = await store.putFile(request.soundKey, soundOutput, {
        contentType: 'audio/flac',
        ifNoneMatch: '*',
        signal,
      });
      return { ...whole, sound: { ...sound, durationSeconds } };
    }),
  );
}

/** @returns undefined where there is nothing to say */
function toNote({ damage, stretched, isRelabelled }: Clip): string | undefined {
  const sentences = [
    describeRepair(damage),
    stretched,
    isRelabelled === true
      ? 'its high dynamic range could not be mapped, so it looks grey: this worker’s ffmpeg has no zscale.'
      : undefined,
  ];
  return sentences.filter((sentence) => sentence !== undefined).join(' ') || undefined;
}
