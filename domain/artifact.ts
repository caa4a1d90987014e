/** A file we made, as it crosses boundaries: small, JSON-safe, without a signed address. */
export interface ArtifactRef {
  /** Object key in the bucket, e.g. `videos/my-video/stills/b1-3f2a….png`. */
  readonly key: string;
  readonly sizeBytes: number;
  /** Lower-case hex of the whole object. Absent only where `crc32` is there. */
  readonly sha256?: string;
  /** Lower-case hex of the whole object, computed by the store; only for large files that we did not hash. */
  readonly crc32?: string;
  readonly contentType: string;
  /** Present for footage and sound; absent for pictures and JSON. */
  readonly durationSeconds?: number;
}

/** The score, cut to the length of the video. */
export interface FittedScore extends ArtifactRef {
  /** The same sound as a finished MP4 audio track, for a video whose clips have no sound. Absent: made later. */
  readonly track?: ArtifactRef;
}

/** The value by which two files are compared: the best checksum, else the key. */
export function fingerprintOf({ sha256, crc32, key }: ArtifactRef): string {
  return sha256 ?? crc32 ?? key;
}
