import type { LedgerEntry } from './ledger-entry.ts';

/** Told what this process writes into ledgers, and learns of ends. For counting: what it throws would end a purchase. */
export interface LedgerWatch {
  /** An entry was written. @param before absent for a new one */
  wrote(after: LedgerEntry, before: LedgerEntry | undefined): void;
  /** A prediction's end became known so long after it came, in seconds. */
  noticedEnd(host: string, lateSeconds: number): void;
}

/** Counts nothing. */
export const nobodyWatches: LedgerWatch = { wrote: () => undefined, noticedEnd: () => undefined };
