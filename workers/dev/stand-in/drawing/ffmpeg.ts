import { execa } from 'execa';

/** Runs ffmpeg, at most two at once, and ends every one when it is closed. */
export class Ffmpeg {
  readonly #path: string;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #queue: (() => void)[] = [];
  #free: number;

  constructor(path: string, limit = 2) {
    this.#path = path;
    this.#free = limit;
  }

  /**
   * Runs one command when its turn comes.
   *
   * @throws the error of execa when ffmpeg fails or was ended by `close`
   */
  async run(options: readonly string[]): Promise<void> {
    await this.#takeTurn();
    try {
      this.#closing.signal.throwIfAborted();
      const child = execa(this.#path, ['-v', 'error', '-nostdin', '-y', ...options], {
        stdin: 'ignore',
        maxBuffer: 100_000,
        cancelSignal: this.#closing.signal,
        forceKillAfterDelay: 500,
      });
      this.#running.add(child);
      await child.finally(() => this.#running.delete(child));
    } finally {
      this.#passTurn();
    }
  }

  /** Ends running commands, refuses waiting ones, and resolves when no child is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#running);
  }

  async #takeTurn(): Promise<void> {
    if (this.#free === 0) {
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#free -= 1;
    }
  }

  #passTurn(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
