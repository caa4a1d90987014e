/** The place of a piece of work that runs. */
export interface Place {
  /** Keeps the place taken after the work has ended, until then. Must not reject. */
  keepUntil(over: Promise<void>): void;
}

/** Does work that has a place, and leaves the place when both the work and what keeps it are over. */
export async function holdPlace<T>(work: (place: Place) => Promise<T>, leave: () => void): Promise<T> {
  let kept: Promise<void> | undefined;
  const place: Place = {
    keepUntil: (over) => {
      kept = over;
    },
  };
  try {
    return await work(place);
  } finally {
    if (kept) void kept.then(leave);
    else leave();
  }
}

interface Waiter {
  readonly priority: number;
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Lets at most `places` pieces of work run at once. The waiting piece with the highest priority goes first, the
 * earliest among equals, so the order is the same on every replay. A piece that fails frees its place; `close`
 * refuses everything that has not started.
 */
export class Semaphore {
  #free: number;
  #closedBy: Error | undefined;
  readonly #waiting: Waiter[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Admits nothing any more: waiting and later pieces reject with `reason`. */
  close(reason: Error): void {
    if (this.#closedBy) return;
    this.#closedBy = reason;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(reason);
  }

  async run<T>(work: (place: Place) => Promise<T>, priority = 0): Promise<T> {
    await this.#enter(priority);
    return holdPlace(work, () => {
      this.#leave();
    });
  }

  async #enter(priority: number): Promise<void> {
    if (this.#closedBy) throw this.#closedBy;
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((admit, refuse) => {
      const after = this.#waiting.findIndex((waiter) => waiter.priority < priority);
      this.#waiting.splice(after === -1 ? this.#waiting.length : after, 0, { priority, admit, refuse });
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next.admit();
    else this.#free += 1;
  }
}
