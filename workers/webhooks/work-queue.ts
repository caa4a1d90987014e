/** The most work at a time. */
export interface WorkLimits {
  readonly atOnce: number;
  /** The most waiting pieces; beyond it nothing is taken. */
  readonly waiting: number;
}

/** A queue of work after the answer, a few pieces at a time. */
export class WorkQueue {
  readonly #limits: WorkLimits;
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor(limits: WorkLimits) {
    this.#limits = limits;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#limits.waiting;
  }

  /** @param work never rejects */
  add(work: () => Promise<void>): void {
    this.#waiting.push(work);
    this.#startNext();
  }

  /** Resolves when all taken work is done. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #startNext(): void {
    if (this.#running >= this.#limits.atOnce) return;
    const work = this.#waiting.shift();
    if (work) {
      this.#running += 1;
      void work().finally(() => {
        this.#running -= 1;
        this.#startNext();
      });
    } else if (this.#running === 0) {
      for (const tell of this.#whenIdle.splice(0)) tell();
    }
  }
}
