import type { Artist } from '../drawing/artist.ts';
import type { PredictionRecord } from './prediction-record.ts';
import type { PredictionStore } from './prediction-store.ts';
import { isFinal } from './prediction-record.ts';

const longestTimerMs = 2 ** 31 - 1;

/** Removes input and outputs of predictions some time after their end, as the host does. */
export class Retention {
  readonly #store: PredictionStore;
  readonly #artist: Artist;
  readonly #durationMs: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(parts: { store: PredictionStore; artist: Artist; seconds: number }) {
    this.#store = parts.store;
    this.#artist = parts.artist;
    this.#durationMs = parts.seconds * 1000;
  }

  /** Starts the clock of an ended prediction. */
  watch({ id, status, completedAt, dataRemoved }: PredictionRecord): void {
    if (!isFinal(status) || dataRemoved || completedAt === undefined) return;
    const leftMs = Math.max(0, completedAt + this.#durationMs - Date.now());
    const timer = setTimeout(
      () => {
        this.expire(id);
      },
      Math.min(leftMs, longestTimerMs),
    );
    this.#timers.set(id, timer);
  }

  /** Removes a prediction's data now. */
  expire(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const record = this.#store.get(id);
    if (record === undefined || record.dataRemoved) return;
    this.#store.change(id, { input: {}, outputs: [], dataRemoved: true });
    for (const { render } of record.outputs) {
      // The same request of another prediction gave the same file.
      if (render !== undefined && !this.#isNeeded(render)) void this.#artist.discard(render);
    }
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #isNeeded(render: string): boolean {
    return this.#store
      .all()
      .some((record) => !isFinal(record.status) || record.outputs.some((output) => output.render === render));
  }
}
