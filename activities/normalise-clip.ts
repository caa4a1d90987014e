import { join } from 'node:path';

import type { ArtifactRef } from '../domain/artifact.ts';
import type { AspectRatio, ShortClipPolicy } from '../domain/brief.ts';
import type { FrameSize } from '../domain/frame-size.ts';
import { describeRepair } from './media/damage/tolerated-damage.ts';
import { type Clip, normaliseClip } from './media/normalise-clip.ts';
import { madeOnce } from './made-once.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

export interface NormaliseRequest {
  readonly chunk: ArtifactRef;
  /** Frames kept, at 24 a second. */
  readonly frameCount: number;
  readonly aspectRatio: AspectRatio;
  /** The same for every clip of the video. Default: the 1080p class of `aspectRatio`. */
  readonly size?: FrameSize;
  /** The key of the clip. */
  readonly clipKey: string;
  /** The key of the chunk's own sound, if it has any. */
  readonly soundKey: string;
  /** The policy for a chunk that is too short. Default: `hold`. */
  readonly shortClips?: ShortClipPolicy | undefined;
}

export interface NormalisedClip {
  readonly clip: ArtifactRef;
  /** Exactly as long as the clip; absent when the chunk is silent. */
  readonly sound?: ArtifactRef;
  /** A note for people on repaired damage or short footage. Absent: nothing to say. */
  readonly note?: string;
}

/** Brings a chunk into the video's own format. Safe to run again: keyed by the chunk's purchase and the settings. */
export function createNormaliseClip(dependencies: RenderDependencies) {
  return defineActivity(async (request: NormaliseRequest, { signal }): Promise<NormalisedClip> =>
    madeOnce(dependencies.store, {
      recordKey: `${request.clipKey}.json`,
      files: ({ clip, sound }) => [clip, sound],
      work: () => normalise(dependencies, request, signal),
    }),
  );
}

async function normalise(
  { store, tools, scratchRoot }: RenderDependencies,
  { chunk, frameCount, aspectRatio, size, clipKey, soundKey, shortClips = 'hold' }: NormaliseRequest,
  signal: AbortSignal,
): Promise<NormalisedClip> {
  return withScratch({ root: scratchRoot, needsBytes: spaceFor([chunk]) }, async (folder) => {
    const [input, output, soundOutput] = ['chunk', 'clip.mp4', 'sound.flac'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await store.downloadToFile(chunk, input, { signal });
    const made = await normaliseClip(tools, {
      ...{ input, output, soundOutput, frameCount, aspectRatio, size, shortClips, signal },
    });
    const { durationSeconds } = made;
    const put = async (key: string, path: string, contentType: string) => ({
      ...(await store.putFile(key, path, { contentType, ifNoneMatch: '*', signal })),
      durationSeconds,
    });
    const clip = await put(clipKey, output, 'video/mp4');
    const note = toNote(made);
    return {
      clip,
      note,
      ...(made.hasSound ? { sound: await put(soundKey, soundOutput, 'audio/flac') } : {}),
    };
  });
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
