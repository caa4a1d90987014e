/** A file we made, as it crosses boundaries: small, JSON-safe, never with an address that opens it. */
export interface ArtifactRef {
  /** Object key in the bucket, e.g. `videos/my-video/stills/b1-3f2a….png`. */
  readonly key: string;
  readonly sizeBytes: number;
  /** Lower-case hex of the whole object. Absent only where `crc32` is there. */
  readonly sha256?: string;
  /** Lower-case hex, as the store computed it over the whole object: of large files that were not hashed on their way. */
  readonly crc32?: string;
  readonly contentType: string;
  /** Present for footage and sound; absent for pictures and JSON. */
  readonly durationSeconds?: number;
}

/** The score at the length of the video. */
export interface FittedScore extends ArtifactRef {
  /** The same as the finished audio track, MP4: the whole sound of a video whose clips have none. Absent: made later. */
  readonly track?: ArtifactRef;
}

/** What stands for the bytes of a file where it is compared with another. */
export function fingerprintOf({ sha256, crc32, key }: ArtifactRef): string {
  return sha256 ?? crc32 ?? key;
}
