import { type FileHandle, open } from 'node:fs/promises';

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * An append-only file of JSON lines that outlasts a kill. Lines that are waiting together share one sync, so many
 * creates a second do not wait for each other's disk.
 */
export class Journal {
  readonly #file: FileHandle;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens a journal, creating it when absent, and cuts off a line that a kill left half written. */
  static async open(path: string): Promise<{ journal: Journal; lines: readonly unknown[] }> {
    const file = await open(path, 'a+');
    const text = await file.readFile('utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    await file.truncate(Buffer.byteLength(whole));
    const lines = whole.split('\n').filter((line) => line !== '');
    return { journal: new Journal(file), lines: lines.map((line) => JSON.parse(line) as unknown) };
  }

  /** Resolves when the line is on the disk, not merely handed to the system. */
  append(line: unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: `${JSON.stringify(line)}\n`, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Forgets every line. */
  async clear(): Promise<void> {
    await this.#writing;
    await this.#file.truncate(0);
  }

  /** Waits for the last line and closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#file.appendFile(batch.map((entry) => entry.line).join(''));
        await this.#file.datasync();
        for (const entry of batch) entry.resolve();
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    this.#writing = undefined;
  }
}
