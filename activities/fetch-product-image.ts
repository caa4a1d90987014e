import type { ArtifactRef } from '../workflows/domain/artifact.ts';
import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { FetchProductImage } from './accept-brief.ts';
import { sniffMediaType } from './media/sniff.ts';
import { expectedFiles } from './providers/expected-files.ts';
import { BeatreelFailure } from './runtime/failures.ts';
import type { ObjectStore } from './storage/object-store.ts';
import { isUnknownName } from './storage/safe-agent.ts';
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
      // Whatever stops this attempt, another may be at work on the same upload; the end of the video closes it.
      keepOnAbort: () => true,
    });
    return fetched.catch((error: unknown) => {
      throw isFinal(error) ? refuse(`${new URL(address).origin}/…`, error.message, error) : error;
    });
  };
}

/** What a host of ours would have to answer for, a caller's address is simply wrong about; a name that nobody has as well. */
function isFinal(error: unknown): error is BeatreelFailure {
  if (error instanceof BeatreelFailure && isUnknownName(error)) return true;
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
async function readStored(store: ObjectStore, key: string): Promise<ArtifactRef> {
  const head = await store.head(key);
  if (!head) throw refuse(key, 'there is no such object in the bucket');
  const { maxBytes, contentTypes } = expectedFiles.still;
  if (head.sizeBytes > maxBytes)
    throw refuse(key, `the object has ${head.sizeBytes} bytes, a picture at most ${maxBytes}`);
  // Of an object without bytes there is no first one to ask for.
  const contentType = head.sizeBytes > 0 ? sniffMediaType(await firstBytes(store, key)) : undefined;
  if (contentType === undefined || !contentTypes.includes(contentType))
    throw refuse(key, 'the object is no PNG, JPEG or WebP picture');
  return { key, ...(await store.hashObject(key)), contentType };
}

async function firstBytes(store: ObjectStore, key: string): Promise<Uint8Array> {
  const { body } = await store.getStream(key, { range: { start: 0, end: 63 } });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
