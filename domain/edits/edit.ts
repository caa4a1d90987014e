import type { AspectRatio, Resolution } from '../brief.ts';

/** A beat: its id, or its place in the story, from 1. */
export type BeatName = string | number;

/** Where a beat goes: before or after another one; at the end where neither is said. */
export interface Placing {
  readonly before?: BeatName;
  readonly after?: BeatName;
}

/** One change of a video. Places count as the list stands when the edit is reached. */
export type Edit =
  /** What a beat shows, and how it moves. */
  | {
      readonly op: 'words';
      readonly beat: BeatName;
      readonly still?: string;
      readonly motion?: string;
      readonly title?: string;
    }
  /** In seconds: 5, 10 or 15. */
  | { readonly op: 'length'; readonly beat: BeatName; readonly seconds: number }
  | ({
      readonly op: 'insert';
      readonly still: string;
      readonly motion?: string;
      readonly title?: string;
      /** 5, 10 or 15. Default: 5. */
      readonly seconds?: number;
    } & Placing)
  | { readonly op: 'remove'; readonly beat: BeatName }
  | ({ readonly op: 'move'; readonly beat: BeatName } & Placing)
  /** Names in the catalogue, in order of preference; of one beat, or of all. */
  | {
      readonly op: 'models';
      readonly beat?: BeatName;
      readonly still?: readonly string[];
      readonly clip?: readonly string[];
      readonly score?: readonly string[];
    }
  /** Another one of the same. */
  | { readonly op: 'reroll'; readonly unit: string }
  /** An earlier take, whatever is wanted now. */
  | { readonly op: 'pin'; readonly unit: string; readonly take: number }
  | { readonly op: 'unpin'; readonly unit: string }
  /** A person's own picture in place of the still: a key of the bucket or an address; without one, the still is bought. */
  | { readonly op: 'picture'; readonly beat: BeatName; readonly image?: string }
  | { readonly op: 'music'; readonly enabled?: boolean; readonly words?: string }
  | { readonly op: 'aspectRatio'; readonly aspectRatio: AspectRatio }
  /** How large the picture is; nothing is bought for it. */
  | { readonly op: 'resolution'; readonly resolution: Resolution }
  | { readonly op: 'title'; readonly title: string }
  /** Everything as it was in an earlier revision. */
  | { readonly op: 'rollBack'; readonly revision: number }
  /** What the video may cost in all, over all revisions, in US dollars. */
  | { readonly op: 'budget'; readonly usd: number };

/** What of an edit cannot be done. */
export interface EditProblem {
  /** E.g. `edits[2].beat`; edits count from 0. */
  readonly field: string;
  readonly value: string;
  readonly rule: string;
}
