import type { PictureHeader } from './picture-header.ts';

/** A picture that came with the input. */
export interface GivenPicture extends PictureHeader {
  readonly bytes: Buffer;
  /** Lower-case hex; replaces the bytes where requests are compared. */
  readonly sha256: string;
}

/** A still to draw. Sizes in pixels. */
export interface StillRequest {
  readonly kind: 'still';
  readonly width: number;
  readonly height: number;
  readonly words: string;
  readonly caption: string;
  readonly seed: string;
  readonly format: 'png' | 'jpg' | 'webp';
  /** 0 to 100; for jpg and webp. */
  readonly quality: number;
  readonly inset?: GivenPicture;
}

/** A clip to draw. Sizes in pixels. */
export interface ClipRequest {
  readonly kind: 'clip';
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Ticks a second of the video track. */
  readonly timescale: number;
  readonly sound: boolean;
  readonly seed: string;
  readonly words: string;
  readonly firstFrame?: GivenPicture;
  readonly lastFrame?: GivenPicture;
}

/** Music to play. */
export interface ScoreRequest {
  readonly kind: 'score';
  readonly durationSeconds: number;
  readonly sampleRate: number;
  readonly format: 'wav' | 'mp3';
  readonly seed: string;
}

/** Everything that decides the bytes of one output. Equal requests give equal bytes. */
export type RenderRequest = StillRequest | ClipRequest | ScoreRequest;
