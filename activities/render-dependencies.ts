import type { MediaTools } from './media/media-tools.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** What every ffmpeg activity needs. */
export interface RenderDependencies {
  readonly store: ObjectStore;
  readonly tools: MediaTools;
  /** Folder in which scratch folders are made and removed. */
  readonly scratchRoot: string;
}
