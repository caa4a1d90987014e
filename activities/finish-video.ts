import { join } from 'node:path';

import { type ArtifactRef, fingerprintOf, type FittedScore } from '../domain/artifact.ts';
import { hashOf } from '../domain/hash.ts';
import { madeOnce } from './made-once.ts';
import { assembleVideo } from './media/assemble-video.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';

/** A clip's own sound and its place on the timeline. */
export interface PlacedSound {
  readonly sound: ArtifactRef;
  /** Its first frame on the timeline, 0-based, at 24 frames a second. */
  readonly startFrame: number;
  readonly frameCount: number;
}

export interface FinishRequest {
  readonly cut: ArtifactRef;
  /** Absent when there is no music. */
  readonly score?: FittedScore;
  readonly sounds: readonly PlacedSound[];
  readonly frameCount: number;
  readonly key: string;
}

/**
 * Puts sound under the cut and stores the finished video. Safe to run again: keyed by the video and its revision.
 * Another revision of the same parts shares its file.
 */
export function createFinishVideo(dependencies: RenderDependencies) {
  return defineActivity(async (request: FinishRequest, { signal }): Promise<ArtifactRef> => {
    const { key, frameCount } = request;
    const parts = request.sounds.map(({ sound, ...place }) => ({ ...place, sound: fingerprintOf(sound) }));
    const files = filesOf(request).map(fingerprintOf);
    const made = hashOf({ files, parts, frameCount, hasScore: request.score !== undefined });
    return madeOnce(dependencies.store, {
      recordKey: `${key.slice(0, key.lastIndexOf('/'))}/videos/${made.slice(0, 12)}.json`,
      files: (video) => [video],
      work: () => finish(dependencies, request, signal),
    });
  });
}

async function finish(
  { store, tools, scratchRoot }: RenderDependencies,
  request: FinishRequest,
  signal: AbortSignal,
): Promise<ArtifactRef> {
  return withScratch({ root: scratchRoot, needsBytes: spaceFor(filesOf(request)) }, async (folder) => {
    const fetch = async (name: string, ref: ArtifactRef) => {
      const path = join(folder, name);
      await store.downloadToFile(ref, path, { signal });
      return path;
    };
    const cut = await fetch('cut.mp4', request.cut);
    const track = request.sounds.length === 0 ? request.score?.track : undefined;
    const score = track ? undefined : request.score;
    const sounds: { file: string; startFrame: number; frameCount: number }[] = [];
    for (const [index, { sound, startFrame, frameCount }] of request.sounds.entries()) {
      sounds.push({ file: await fetch(`sound-${index}.flac`, sound), startFrame, frameCount });
    }
    const output = join(folder, 'video.mp4');
    const { frameCount } = request;
    const made = await assembleVideo(tools, {
      cut,
      track: track && (await fetch('track.mp4', track)),
      score: score && (await fetch('score.flac', score)),
      sounds,
      output,
      frameCount,
      signal,
    });
    const stored = await store.putFile(request.key, output, { contentType: 'video/mp4', signal });
    return { ...stored, durationSeconds: made.durationSeconds };
  });
}

function filesOf({ cut, score, sounds }: FinishRequest): ArtifactRef[] {
  return [cut, ...(score ? [score] : []), ...sounds.map(({ sound }) => sound)];
}
