import type { ObjectStore } from '../../storage/object-store.ts';

/** What every ffmpeg activity needs. */
export interface RenderDependencies {
  readonly store: ObjectStore;
  readonly tools: MediaTools;
  /** Folder in which scratch folders are made and removed. */
  readonly scratchRoot: string;
}

/** Where the two programs are. Absolute paths, or names to look up on `PATH`. */
export interface MediaTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** How long a program may run without getting on before it is ended, in milliseconds. Default 120000. */
  readonly stallAfterMs?: number;
}

/** What every function of this folder takes beside its own request. */
export interface MediaRun {
  /** An abort ends the program, removes what it wrote and is rethrown as its own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds of the timeline written so far by the step that runs; starts anew with each step. About once a second. */
  readonly onProgress?: ((seconds: number) => void) | undefined;
}
