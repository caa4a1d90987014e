/**
 * How one kind of beat is told. Sentences have places for words of the brief: `{subject}` (what the video is
 * about), `{setting}` (where, with its preposition), `{mood}` and `{feature}`.
 */
export interface BeatKind {
  /** Name in snake_case, unique in the library. */
  readonly kind: string;
  readonly title: string;
  /** How near the camera is. */
  readonly shot: string;
  /** What happens, in a few words. */
  readonly action: string;
  readonly cameraMovement: string;
  /** What the picture that opens the beat shows; one of them is chosen. */
  readonly stills: readonly [string, ...string[]];
  /** What moves from that picture on. */
  readonly motion: string;
}
