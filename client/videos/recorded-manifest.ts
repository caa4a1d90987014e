import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import type { FileStore } from '../files/file-store.ts';
import { type ManifestRecord, readManifest } from '../files/read-manifest.ts';
import { readWholeResult } from './read-whole-result.ts';

/** Sentences for videos without a recorded manifest. Files outlast histories. */
const reasons = {
  VideoNotFound: 'Temporal no longer knows the video',
  VideoNotFinished: 'the video has not ended',
  VideoFailed: 'the video failed, and only a finished one records its manifest',
  VideoCanceled: 'the video was canceled, and only a finished one records its manifest',
  InvalidBrief: 'the video was refused, and only a finished one records its manifest',
} as const;

type Unrecorded = keyof typeof reasons;

/** Selects a manifest. */
export interface RecordOptions {
  /** From 1. Default: the newest whole one. */
  readonly revision?: number | undefined;
  /** Errors that count as a missing record; others are thrown. Default: all of these. */
  readonly tolerated?: readonly Unrecorded[];
}

/** The manifest of a video in the result of its workflow. */
export async function recordedManifest(
  temporal: TemporalNamespace,
  videoId: string,
  { revision, tolerated = Object.keys(reasons) as Unrecorded[] }: RecordOptions = {},
): Promise<ManifestRecord> {
  try {
    return { recorded: (await readWholeResult(temporal, videoId, revision)).manifest };
  } catch (error) {
    const found = tolerated.find((code) => error instanceof BeatreelError && error.code === code);
    if (found === undefined) throw error;
    if (revision === undefined) return { unrecorded: reasons[found] };
    return { unrecorded: `Temporal knows no run that finished revision ${revision}`, revision };
  }
}

/**
 * The manifest of the newest whole revision: when Temporal has forgotten its run, the one in the bucket, whatever the
 * state of the present revision.
 *
 * @throws the error of the video's state or end, where no revision is whole
 */
export async function wholeManifest(
  temporal: TemporalNamespace,
  files: FileStore,
  { videoId, revision }: { readonly videoId: string; readonly revision?: number | undefined },
): Promise<ManifestRecord> {
  try {
    return await recordedManifest(temporal, videoId, { revision, tolerated: ['VideoNotFound'] });
  } catch (error) {
    const isKnown = error instanceof BeatreelError && Object.hasOwn(reasons, error.code);
    if (!isKnown || revision !== undefined) throw error;
    const record = { unrecorded: 'Temporal no longer knows its run' };
    const found = await readManifest(files, videoId, record).catch(() => undefined);
    if (found?.manifest.status !== 'succeeded') throw error;
    return { ...record, revision: found.manifest.revision };
  }
}
