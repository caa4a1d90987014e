/** Remembers the ids of recent messages. */
export interface SeenIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** Twice the tolerance of a message's time, in milliseconds: an older message is refused for its time. */
const rememberForMs = 10 * 60_000;
/** The most ids, about 10 MB; beyond it the oldest are dropped. */
const mostIds = 50_000;

/**
 * Remembers for this process only. Another one, or the same after a restart, may follow a message a second time, which
 * costs a read of the ledger and changes nothing: this saves work, and purchases do not depend on it.
 *
 * @param now default: the monotonic clock, in milliseconds
 */
export function createSeenIds(now: () => number = () => performance.now()): SeenIds {
  /** In order of arrival. */
  const seen = new Map<string, number>();
  const forget = () => {
    for (const [id, at] of seen) {
      if (seen.size <= mostIds && now() - at < rememberForMs) return;
      seen.delete(id);
    }
  };
  return {
    has: (id) => {
      forget();
      return seen.has(id);
    },
    add: (id) => {
      seen.set(id, now());
      forget();
    },
  };
}
