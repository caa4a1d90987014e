/**
 * `full` draws every input. `ready` draws one file for each kind, length and size, so that the host's own work does not
 * distort measurements; `cheap` does so at a quarter of the size, for load.
 */
export const drawings = ['full', 'ready', 'cheap'] as const;
export type Drawing = (typeof drawings)[number];

/** The options of the stand-in. All but the folder and ffmpeg have defaults. */
export interface StandInOptions {
  /** TCP port; 0 picks a free one. Default 0. */
  readonly port?: number;
  /** Only this machine can reach it. */
  readonly host?: '127.0.0.1';
  /** Folder of its journal, outputs and uploads; created when absent. A restart on it goes on where it stopped. */
  readonly folder: string;
  /** Bearer token that every `/v1` request must carry. Default: none. */
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
  /** The detail of its drawings. Default `full`. */
  readonly drawing?: Drawing;
  /** Waits before each new try of a failed webhook, in milliseconds. Default 500 to 8000, five tries. */
  readonly webhookRetryMs?: readonly number[];
}
