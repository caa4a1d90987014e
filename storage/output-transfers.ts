import type { Transfer } from './transfer.ts';

/** Moves outputs into the bucket. What one host may serve, another may not. */
export interface OutputTransfers {
  /** @returns a transfer that reads what this host delivers, from where this host serves it */
  of(host: string): Transfer;
}
