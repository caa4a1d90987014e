/** Lets callers wait for a condition on the stand-in's state. */
export class StateChanges {
  readonly #waiting = new Set<() => void>();

  /** Says that something changed. */
  notify(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** Resolves to true as soon as the condition holds, to false when the time is up or the waits are closed. */
  until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (holds: boolean): void => {
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve(holds);
      };
      const look = (): void => {
        if (condition()) end(true);
        else if (this.#isClosed) end(false);
      };
      const timer = setTimeout(end, timeoutMs, false);
      this.#waiting.add(look);
    });
  }

  /** Ends every wait. */
  close(): void {
    this.#isClosed = true;
    this.notify();
  }

  #isClosed = false;
}
