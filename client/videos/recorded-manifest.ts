import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import type { ManifestRecord } from '../files/read-manifest.ts';
import { readWholeResult } from './read-whole-result.ts';

/** How a video can stand without a manifest in a result. Files outlast histories. */
const reasons = {
  VideoNotFound: 'Temporal does not know the video any more',
  VideoNotFinished: 'the video has not ended',
  VideoFailed: 'the video failed, and only a finished one records its manifest',
  VideoCanceled: 'the video was canceled, and only a finished one records its manifest',
  InvalidBrief: 'the video was refused, and only a finished one records its manifest',
} as const;

type Unrecorded = keyof typeof reasons;

/** Which manifest is asked for. */
export interface RecordOptions {
  /** From 1. Default: the newest revision that is whole. */
  readonly revision?: number | undefined;
  /** How the video may stand without a record; anything else is thrown. Default: in any way. */
  readonly tolerated?: readonly Unrecorded[];
}

/** The manifest of a video as the result of its workflow records it. */
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
