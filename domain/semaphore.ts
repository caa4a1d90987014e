interface Waiter {
  readonly priority: number;
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Gives out at most `places` places at once. The highest waiting priority goes first, the earliest among equals, so the
 * order is the same on every replay. `close` refuses everybody without a place.
 */
export class Semaphore {
  #free: number;
  #closedBy: Error | undefined;
  readonly #waiting: Waiter[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Stops admission: waiting and later calls reject with `reason`. */
  close(reason: Error): void {
    if (this.#closedBy) return;
    this.#closedBy = reason;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(reason);
  }

  /** Waits for a place. @returns a function that gives the place back; a second call does nothing */
  async enter(priority = 0): Promise<() => void> {
    if (this.#closedBy) throw this.#closedBy;
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(priority);
    let isLeft = false;
    return () => {
      if (!isLeft) this.#leave();
      isLeft = true;
    };
  }

  #wait(priority: number): Promise<void> {
    return new Promise<void>((admit, refuse) => {
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
