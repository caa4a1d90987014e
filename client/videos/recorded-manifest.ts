import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import type { ManifestRecord } from '../files/read-manifest.ts';
import { readResult } from './read-result.ts';

/** How a video can stand without a manifest in a result. Files outlast histories. */
const reasons = {
  VideoNotFound: 'Temporal does not know the video any more',
  VideoNotFinished: 'the video has not ended',
  VideoFailed: 'the video failed, and only a finished one records its manifest',
  VideoCanceled: 'the video was canceled, and only a finished one records its manifest',
  InvalidBrief: 'the video was refused, and only a finished one records its manifest',
} as const;

type Unrecorded = keyof typeof reasons;

/**
 * The manifest of a video as the result of its workflow records it.
 *
 * @param tolerated how the video may stand without one; anything else is thrown. Default: in any way
 */
export async function recordedManifest(
  temporal: TemporalNamespace,
  videoId: string,
  tolerated: readonly Unrecorded[] = Object.keys(reasons) as Unrecorded[],
): Promise<ManifestRecord> {
  try {
    return { recorded: (await readResult(temporal, videoId)).manifest };
  } catch (error) {
    const found = tolerated.find((code) => error instanceof BeatreelError && error.code === code);
    if (found === undefined) throw error;
    return { unrecorded: reasons[found] };
  }
}
