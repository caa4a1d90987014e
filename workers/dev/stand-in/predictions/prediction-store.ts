import { join } from 'node:path';
import { Journal } from './journal.ts';
import { isFinal, type PredictionRecord } from './prediction-record.ts';
import type { ModelInput } from '../models/model-description.ts';

type Line =
  | { readonly created: PredictionRecord }
  | { readonly changed: string; readonly changes: Partial<PredictionRecord> };

/** The range of predictions to list. Times are milliseconds since 1970. */
export interface ListRange {
  /** Inclusive. */
  readonly createdAfter?: number | undefined;
  /** Exclusive. */
  readonly createdBefore?: number | undefined;
  /** Continue after the prediction of this id. */
  readonly afterId?: string | undefined;
  readonly limit: number;
  /** Predictions the list does not show yet. */
  readonly isHidden: (record: PredictionRecord) => boolean;
}

/** Every prediction the stand-in ever accepted, in memory and in a journal. */
export class PredictionStore {
  readonly #journal: Journal;
  readonly #records = new Map<string, PredictionRecord>();
  readonly #live = new Map<string, PredictionRecord>();
  readonly #endedIds: string[] = [];
  readonly #createdInputs = new Map<string, ModelInput>();

  private constructor(journal: Journal, lines: readonly Line[]) {
    this.#journal = journal;
    for (const line of lines) this.#apply(line);
  }

  /** Reads the folder's journal. */
  static async open(folder: string): Promise<PredictionStore> {
    const { journal, lines } = await Journal.open(join(folder, 'predictions.jsonl'));
    return new PredictionStore(journal, lines as readonly Line[]);
  }

  /** The number of predictions, ended ones included. */
  get size(): number {
    return this.#records.size;
  }

  /** All predictions, in the order of creation. */
  all(): readonly PredictionRecord[] {
    return [...this.#records.values()];
  }

  /** The live predictions, in the order of creation. */
  live(): readonly PredictionRecord[] {
    return [...this.#live.values()];
  }

  get(id: string): PredictionRecord | undefined {
    return this.#records.get(id);
  }

  /** Ids in the order in which predictions ended. */
  endedIds(): readonly string[] {
    return [...this.#endedIds];
  }

  /** The input a prediction was created with, also when its retention is over. */
  createdInput(id: string): ModelInput {
    return this.#createdInputs.get(id) ?? {};
  }

  /** Accepts a prediction; resolves when it is on the disk. */
  async add(record: PredictionRecord): Promise<void> {
    this.#apply({ created: record });
    await this.#journal.append({ created: record } satisfies Line);
  }

  /** Changes a prediction at once; the disk follows. Does nothing to one that a reset forgot. */
  change(id: string, changes: Partial<PredictionRecord>): PredictionRecord | undefined {
    if (!this.#records.has(id)) return undefined;
    const line = { changed: id, changes } satisfies Line;
    this.#apply(line);
    // A lost change is safe: after a restart the prediction runs again to the same end.
    this.#journal.append(line).catch(() => undefined);
    return this.#records.get(id);
  }

  /** A page of predictions, newest first. */
  list(range: ListRange): { records: readonly PredictionRecord[]; hasMore: boolean } {
    const { createdAfter = -Infinity, createdBefore = Infinity, limit } = range;
    const newestFirst = this.all().toReversed();
    const start =
      range.afterId === undefined ? 0 : newestFirst.findIndex(({ id }) => id === range.afterId) + 1;
    const found = newestFirst
      .slice(start)
      .filter(({ createdAt }) => createdAt >= createdAfter && createdAt < createdBefore)
      .filter((record) => !range.isHidden(record));
    return { records: found.slice(0, limit), hasMore: found.length > limit };
  }

  /** Forgets every prediction. */
  async clear(): Promise<void> {
    this.#records.clear();
    this.#live.clear();
    this.#createdInputs.clear();
    this.#endedIds.length = 0;
    await this.#journal.clear();
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }

  #apply(line: Line): void {
    if ('created' in line) {
      this.#createdInputs.set(line.created.id, line.created.input);
      this.#keep(line.created);
      return;
    }
    const record = this.#records.get(line.changed);
    if (record !== undefined) this.#keep({ ...record, ...line.changes });
  }

  #keep(record: PredictionRecord): void {
    if (isFinal(record.status) && this.#live.has(record.id)) this.#endedIds.push(record.id);
    this.#records.set(record.id, record);
    if (isFinal(record.status)) this.#live.delete(record.id);
    else this.#live.set(record.id, record);
  }
}
