/**
 * `full` draws every input. `ready` draws one file for each kind, length and size, so that a host's own work takes no
 * time from what is measured; `cheap` does so a quarter as large, for load.
 */
export const drawings = ['full', 'ready', 'cheap'] as const;
export type Drawing = (typeof drawings)[number];

/** How the stand-in is set up. Everything has a default but where to keep its state and what draws. */
export interface StandInOptions {
  /** TCP port; 0 picks a free one. Default 0. */
  readonly port?: number;
  /** Only this machine can reach it. */
  readonly host?: '127.0.0.1';
  /** Folder for its journal, outputs and uploads; created when absent. A second start on it goes on where the first stopped. */
  readonly folder: string;
  /** Bearer token every `/v1` request must carry. Default: none is asked for. */
  readonly token?: string;
  /** Path of the ffmpeg that draws. */
  readonly ffmpeg: string;
  /** Seconds from accepting a still to its end. Default 2. */
  readonly stillSeconds?: number;
  /** Seconds from accepting a clip to its end. Default 4. */
  readonly clipSeconds?: number;
  /** Seconds from accepting a score to its end. Default 3. */
  readonly scoreSeconds?: number;
  /** Seconds after its end that a prediction keeps input and outputs. Default 3600, as the real host. */
  readonly outputRetentionSeconds?: number;
  /** Default `full`. */
  readonly drawing?: Drawing;
  /** Waits before each new try of a webhook nobody took, in milliseconds. Default 500 to 8000, five tries. */
  readonly webhookRetryMs?: readonly number[];
}
