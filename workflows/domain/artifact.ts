/** A file we made, as it crosses boundaries: small, JSON-safe, never with an address that opens it. */
export interface ArtifactRef {
  /** Object key in the bucket, e.g. `videos/my-video/stills/00-3f2a….png`. */
  readonly key: string;
  readonly sizeBytes: number;
  /** Lower-case hex of the whole object. */
  readonly sha256: string;
  readonly contentType: string;
  /** Present for footage and sound; absent for pictures and JSON. */
  readonly durationSeconds?: number;
}
