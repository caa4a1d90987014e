import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { FetchProductImage } from './accept-brief.ts';
import { sniffMediaType } from './media/sniff.ts';
import { expectedFiles } from './providers/expected-files.ts';
import { BeatreelFailure } from './runtime/failures.ts';
import { isShutdown } from './runtime/is-shutdown.ts';
import type { ObjectStore } from './storage/object-store.ts';
import type { Transfer } from './storage/transfer.ts';

export interface ProductImageDependencies {
  readonly store: ObjectStore;
  /** Reads any public https address, and no other. */
  readonly transfer: Transfer;
}

/** A picture by address is fetched under the rules for addresses that callers give, and stored before anything reads it. */
export function createFetchProductImage({ store, transfer }: ProductImageDependencies): FetchProductImage {
  return async (videoId, address, run) => {
    if (!URL.canParse(address)) return readStored(store, address);
    const fetched = transfer.transferToStore({
      resolveAddress: () => Promise.resolve(address),
      key: `videos/${videoId}/product-image`,
      expect: expectedFiles.still,
      onProgress: run.reportProgress,
      signal: run.signal,
      keepOnAbort: isShutdown,
    });
    return fetched.catch((error: unknown) => {
      throw isFinal(error) ? refuse(`${new URL(address).origin}/…`, error.message, error) : error;
    });
  };
}

/** What a host of ours would have to answer for, a caller's address is simply wrong about. */
function isFinal(error: unknown): error is BeatreelFailure {
  const final: readonly string[] = [
    failureTypes.paidAndLost,
    failureTypes.artifactMissing,
    failureTypes.invalidRequest,
  ];
  return error instanceof BeatreelFailure && final.includes(error.type);
}

function refuse(value: string, rule: string, cause?: unknown): BeatreelFailure {
  return new BeatreelFailure(failureTypes.invalidRequest, `productImage is "${value}": ${rule}`, {
    cause,
    details: [{ field: 'productImage', value: JSON.stringify(value), rule }],
  });
}

/** An object of the bucket, checked to be a picture. */
async function readStored(store: ObjectStore, key: string) {
  const head = await store.head(key);
  const first = head && (await firstBytes(store, key));
  const contentType = first && sniffMediaType(first);
  if (contentType?.startsWith('image/') === true) {
    return { key, ...(await store.hashObject(key)), contentType };
  }
  throw refuse(
    key,
    head ? 'the object is no PNG, JPEG or WebP picture' : 'there is no such object in the bucket',
  );
}

async function firstBytes(store: ObjectStore, key: string): Promise<Uint8Array> {
  const { body } = await store.getStream(key, { range: { start: 0, end: 63 } });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
