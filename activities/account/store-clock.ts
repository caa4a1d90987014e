/** A moment by the store's clock: it lies between these two, in milliseconds since 1970. */
export interface Moment {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** One answer of the store. Times of our own are milliseconds of a monotonic clock of this process. */
export interface ClockReading {
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
  /** The store's `Date`, which is cut to the second. */
  readonly storeTime: Date;
}

/** The store writes whole seconds, so it answered less than this much later. */
const secondMs = 1_000;

/**
 * Tells the store's time more finely than its `Date` header does. Every answer bounds the difference of the two clocks
 * from both sides; after a few answers at different parts of a second, the bounds differ by about one round trip.
 * All workers share the store's clock that way, and none needs a correct one of its own.
 */
export class StoreClock {
  #smallestMs = Number.NEGATIVE_INFINITY;
  #largestMs = Number.POSITIVE_INFINITY;

  note({ askedAtMs, answeredAtMs, storeTime }: ClockReading): void {
    const smallestMs = storeTime.getTime() - answeredAtMs;
    const largestMs = storeTime.getTime() + secondMs - askedAtMs;
    const isApart = smallestMs > this.#largestMs || largestMs < this.#smallestMs;
    // Another machine of the store answered, or its clock was set: only the newest bounds count.
    this.#smallestMs = isApart ? smallestMs : Math.max(smallestMs, this.#smallestMs);
    this.#largestMs = isApart ? largestMs : Math.min(largestMs, this.#largestMs);
  }

  /** @param atMs by this process's monotonic clock. @throws RangeError when the store has not answered yet */
  at(atMs: number): Moment {
    if (!Number.isFinite(this.#smallestMs)) throw new RangeError('The store has not answered yet.');
    return { earliestMs: atMs + this.#smallestMs, latestMs: atMs + this.#largestMs };
  }
}
