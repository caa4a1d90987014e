import type { ConditionalObjects } from '../../storage/conditional-objects.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { type LedgerWatch, nobodyWatches } from './ledger-watch.ts';
import { findForeignKey, ledgerEntrySchema, ledgerFolder } from './ledger-entry.ts';

/** An entry as it stood at one moment. */
export interface HeldEntry {
  readonly objectKey: string;
  readonly entry: LedgerEntry;
  readonly etag: string;
  /** The store's clock when it was read or written. */
  readonly storeTime: Date;
  /** This process's monotonic clock just before the call that read or wrote it, in milliseconds. */
  readonly askedAtMs: number;
}

/** One object per purchase. Writes are conditional: an entry that changed since it was read is not overwritten. */
export class Ledger {
  readonly #objects: ConditionalObjects;
  /** Notified of every write. */
  readonly watch: LedgerWatch;

  /** @param watch default: none */
  constructor(objects: ConditionalObjects, watch: LedgerWatch = nobodyWatches) {
    this.#objects = objects;
    this.watch = watch;
  }

  async read(objectKey: string): Promise<HeldEntry | undefined> {
    const askedAtMs = performance.now();
    const found = await this.#objects.getJson(objectKey).catch((error: unknown) => {
      throw isNoJson(error) ? unreadable(objectKey, 'no JSON', error) : error;
    });
    if (!found) return undefined;
    const parsed = ledgerEntrySchema.safeParse(found.value);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
      throw unreadable(objectKey, fields, parsed.error);
    }
    const foreign = findForeignKey(objectKey, parsed.data);
    if (foreign !== undefined)
      throw unreadable(objectKey, `${foreign} is not a key of ${parsed.data.videoId}`);
    return { objectKey, entry: parsed.data, etag: found.etag, storeTime: found.serverDate, askedAtMs };
  }

  /** @returns undefined when somebody else made the entry first */
  async create(objectKey: string, entry: LedgerEntry): Promise<HeldEntry | undefined> {
    const written = await this.#write(objectKey, entry, { ifNoneMatch: '*' });
    if (written) this.watch.wrote(written.entry, undefined);
    return written;
  }

  /** @returns undefined when somebody else has changed the entry since it was read */
  async replace(held: HeldEntry, changes: Partial<LedgerEntry>): Promise<HeldEntry | undefined> {
    const written = await this.#write(held.objectKey, { ...held.entry, ...changes }, { ifMatch: held.etag });
    if (written) this.watch.wrote(written.entry, held.entry);
    return written;
  }

  /** Every purchase of a video, by medium, beat, chunk and take. */
  async *list(videoId: string): AsyncGenerator<HeldEntry> {
    for await (const key of this.keys(ledgerFolder(videoId))) {
      const held = await this.read(key);
      if (held) yield held;
    }
  }

  /** The keys of entries, in order. One unreadable entry does not hide the others. */
  async *keys(prefix: string): AsyncGenerator<string> {
    for await (const { key } of this.#objects.list(prefix)) yield key;
  }

  async #write(
    objectKey: string,
    entry: LedgerEntry,
    condition: { ifNoneMatch?: '*'; ifMatch?: string },
  ): Promise<HeldEntry | undefined> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const askedAtMs = performance.now();
      const written = await this.#objects.putJson(objectKey, entry, condition);
      if (written !== 'conflict')
        return { objectKey, entry, etag: written.etag, storeTime: written.storedAt, askedAtMs };
      const found = await this.read(objectKey);
      // The client repeats a write whose answer was lost, which then conflicts with itself.
      const wasMine = found?.entry.nonce === entry.nonce && found.entry.state === entry.state;
      if (found && wasMine && sameText(found.entry, entry)) return { ...found, askedAtMs };
      // S3 answers 409 to both of two concurrent writes and makes neither: the entry is unchanged, so write again.
      if (found?.etag !== condition.ifMatch) return undefined;
    }
    const problem = `The ledger entry ${objectKey} could not be written ${mostTries} times, although nobody else wrote it.`;
    throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
  }
}

/** Tries of a write: conflicting writes end within milliseconds. */
const mostTries = 5;

function unreadable(objectKey: string, what: string, cause?: unknown): BeatreelFailure {
  const problem = `The ledger entry ${objectKey} cannot be read (${what}); look at it before anything is bought.`;
  return new BeatreelFailure(failureTypes.needsReconcile, problem, { cause });
}

/** Whether the store found the object and could not parse its JSON. */
function isNoJson(error: unknown): boolean {
  return error instanceof BeatreelFailure && error.cause instanceof SyntaxError;
}

function sameText(a: LedgerEntry, b: LedgerEntry): boolean {
  const text = (entry: LedgerEntry) =>
    JSON.stringify(
      Object.entries(entry)
        .filter(([, value]) => value !== undefined)
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return text(a) === text(b);
}
