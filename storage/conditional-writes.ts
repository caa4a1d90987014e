import { randomUUID } from 'node:crypto';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { isNotImplemented } from './storage-failure.ts';
import type { ObjectStore } from './object-store.ts';
import type { JsonReceipt } from './stored-json.ts';

/** The store's methods that the proof uses. */
export type ConditionalStore = Pick<ObjectStore, 'putJson' | 'getJson' | 'deleteMany'>;

/**
 * Proves that the store honours `If-None-Match` and `If-Match`, on one object under the prefix, which it then deletes.
 * Run at worker start: on a store that ignores them, every unit could be bought twice.
 *
 * @throws BeatreelFailure `InvalidRequest` that names the condition the store ignores or refuses
 */
export async function assertConditionalWrites(store: ConditionalStore, prefix: string): Promise<void> {
  const key = `${prefix}conditional-write-proof-${randomUUID()}.json`;
  try {
    const first = accepted(
      await store.putJson(key, { write: 1 }, { ifNoneMatch: '*' }),
      'If-None-Match: *',
      key,
    );
    refused(await store.putJson(key, { write: 2 }, { ifNoneMatch: '*' }), 'If-None-Match: *');
    refused(
      await store.putJson(key, { write: 3 }, { ifMatch: '"00000000000000000000000000000000"' }),
      'If-Match',
    );
    accepted(await store.putJson(key, { write: 4 }, { ifMatch: first.etag }), 'If-Match', key);
    refused(await store.putJson(key, { write: 5 }, { ifMatch: first.etag }), 'If-Match');
    await assertLastWrite(store, key);
  } catch (error) {
    const isUnknown = error instanceof BeatreelFailure && isNotImplemented(error.cause);
    throw isUnknown ? unfit(`it knows no conditional writes (${error.message})`) : error;
  } finally {
    // A leftover probe object is a few bytes under a name that is never read.
    await store.deleteMany([key]).catch(() => undefined);
  }
}

function accepted(answer: JsonReceipt | 'conflict', condition: string, key: string): JsonReceipt {
  if (answer !== 'conflict') return answer;
  throw unfit(`it refused a write to ${key} whose ${condition} was met`);
}

function refused(answer: JsonReceipt | 'conflict', condition: string): void {
  if (answer === 'conflict') return;
  throw unfit(`it ignores ${condition}: a write whose condition was not met was accepted`);
}

async function assertLastWrite(store: ConditionalStore, key: string): Promise<void> {
  const found = JSON.stringify((await store.getJson(key))?.value);
  if (found === '{"write":4}') return;
  throw unfit(`it keeps the body of a write it refused: ${found}`);
}

function unfit(finding: string): BeatreelFailure {
  const text = `The object store cannot hold the ledger: ${finding}. Use a store with conditional writes.`;
  return new BeatreelFailure(failureTypes.invalidRequest, text);
}
