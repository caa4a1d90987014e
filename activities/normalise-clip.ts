import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import type { AspectRatio } from '../domain/brief.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { normaliseClip } from './media/normalise-clip.ts';
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
}

export interface NormalisedClip {
  readonly clip: ArtifactRef;
  /** Exactly as long as the clip; absent when the chunk is silent. */
  readonly sound?: ArtifactRef;
  /** What of the chunk was damaged and made good, as a sentence; absent where nothing was. */
  readonly note?: string;
}

/** Brings a chunk into the video's own format. Safe to run again: keyed by the chunk's purchase. */
export function createNormaliseClip({ store, tools, scratchRoot }: RenderDependencies) {
  return defineActivity(async (request: NormaliseRequest, { signal }): Promise<NormalisedClip> =>
    withScratch({ root: scratchRoot, needsBytes: spaceFor([request.chunk]) }, async (folder) => {
      const { chunk, frameCount, aspectRatio } = request;
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
        signal,
      });
      const { durationSeconds } = made;
      const clip = await store.putFile(request.clipKey, output, {
        contentType: 'video/mp4',
        ifNoneMatch: '*',
        signal,
      });
      const note = describeRepair(made.damage);
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
