import type { ObjectStore } from '../../storage/object-store.ts';

/** The dependencies of every ffmpeg activity. */
export interface RenderDependencies {
  readonly store: ObjectStore;
  readonly tools: MediaTools;
  /** Folder in which scratch folders are made and removed. */
  readonly scratchRoot: string;
}

/** The two programs, as absolute paths or as names to look up on `PATH`. */
export interface MediaTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** How long a program may run without progress before it is ended, in milliseconds. Default 120000. */
  readonly stallAfterMs?: number;
}

/** The options that every function of this folder takes beside its own request. */
export interface MediaRun {
  /** An abort ends the program, removes what it wrote and is rethrown as its own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Receives the seconds of the timeline written by the current step, about once a second; each step starts at 0. */
  readonly onProgress?: ((seconds: number) => void) | undefined;
}
