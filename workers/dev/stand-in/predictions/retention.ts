import { isFinal, type PredictionRecord } from './prediction-record.ts';
import type { Artist } from '../drawing/artist.ts';
import type { PredictionStore } from './prediction-store.ts';

const longestTimerMs = 2 ** 31 - 1;

/** Removes input and outputs of predictions some time after their end, as the host does. */
export class Retention {
  readonly #store: PredictionStore;
  readonly #artist: Artist;
  readonly #durationMs: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Files of removed predictions. */
  readonly #leftover = new Set<string>();

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
    timer.unref();
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
      if (render !== undefined) this.#leftover.add(render);
    }
    this.#discardLeftover();
  }

  /** Stops every clock. */
  forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** The same request of another prediction gave the same file, and a live one may be about to get it. */
  #discardLeftover(): void {
    if (this.#store.live().length > 0) return;
    const needed = new Set(this.#store.all().flatMap(({ outputs }) => outputs.map(({ render }) => render)));
    for (const render of this.#leftover) {
      if (!needed.has(render)) void this.#artist.discard(render);
    }
    this.#leftover.clear();
  }
}
