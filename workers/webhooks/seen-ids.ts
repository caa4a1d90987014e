/** Remembers which messages came already, for a while. */
export interface SeenIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** Twice as far as a message's time may lie from ours: what is older is refused for that, in milliseconds. */
const rememberForMs = 10 * 60_000;
/** The oldest give way to new ones beyond that: about 10 MB. */
const mostIds = 50_000;

/**
 * Of this process alone. Another one, or the same after a restart, may follow a message a second time, which costs a
 * read of the ledger and changes nothing: this spares work and is no part of what keeps purchases right.
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
