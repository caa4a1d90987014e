import type { LedgerEntry } from './ledger-entry.ts';

/** Counts this process's ledger writes and the ends it notices. Must not throw: an error would end a purchase. */
export interface LedgerWatch {
  /** An entry was written. @param before absent for a new one */
  wrote(after: LedgerEntry, before: LedgerEntry | undefined): void;
  /** A prediction's end became known. @param lateSeconds how long after the end */
  noticedEnd(host: string, lateSeconds: number): void;
}

/** Counts nothing. */
export const nobodyWatches: LedgerWatch = { wrote: () => undefined, noticedEnd: () => undefined };
