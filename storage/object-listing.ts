import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import type { S3Connection } from './create-s3-client.ts';
import {
  endlessList,
  isMissingObject,
  isNotImplemented,
  storageCall,
  storageStatus,
} from './storage-failure.ts';

/** The store's facts about an object, without its content. */
export interface ObjectHead {
  readonly sizeBytes: number;
  readonly etag: string;
  readonly contentType: string;
  readonly lastModified: Date;
}

/** One object of a listing. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: Date;
}

/** S3's limit for one DeleteObjects call. */
const deleteBatch = 1000;

/** Looks at an object; undefined for an empty key. */
export async function headObject(s3: S3Connection, key: string): Promise<ObjectHead | undefined> {
  return storageCall({ doing: `Looking at ${key}` }, async () => {
    try {
      const output = await s3.client.send(new HeadObjectCommand({ Bucket: s3.settings.bucket, Key: key }));
      return {
        sizeBytes: output.ContentLength ?? 0,
        etag: output.ETag ?? '',
        contentType: output.ContentType ?? 'application/octet-stream',
        lastModified: output.LastModified ?? new Date(0),
      };
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      if (storageStatus(error) === 403) throw refusedHead(key, error);
      throw error;
    }
  });
}

/** The answer to a refused HEAD carries no body with a reason. */
function refusedHead(key: string, cause: unknown): BeatreelFailure {
  const text =
    `Looking at ${key} failed: the object store answered 403. It also does so for what is not there where the key ` +
    'may read objects and not list them: allow s3:GetObject on objects and s3:ListBucket on the bucket.';
  return new BeatreelFailure(failureTypes.storeRefused, text, { cause });
}

/**
 * The CRC32 that the store computed over a whole object, as lower-case hex; undefined where it has none, or only a
 * checksum of the parts' checksums.
 */
export async function readStoreChecksum(s3: S3Connection, key: string): Promise<string | undefined> {
  const command = new HeadObjectCommand({ Bucket: s3.settings.bucket, Key: key, ChecksumMode: 'ENABLED' });
  const output = await storageCall({ doing: `Asking for the checksum of ${key}` }, () =>
    s3.client.send(command),
  );
  const { ChecksumCRC32: crc32, ChecksumType: type } = output;
  return type === 'FULL_OBJECT' && crc32 !== undefined
    ? Buffer.from(crc32, 'base64').toString('hex')
    : undefined;
}

/** Every object under the prefix, in key order, page by page. */
export async function* listObjects(s3: S3Connection, prefix: string): AsyncGenerator<ListedObject> {
  const pages = paginateListObjectsV2({ client: s3.client }, { Bucket: s3.settings.bucket, Prefix: prefix });
  const iterator = pages[Symbol.asyncIterator]();
  for (let token: string | undefined; ;) {
    const page = await storageCall({ doing: `Listing ${prefix}` }, () => iterator.next());
    if (page.done === true) return;
    const { NextContinuationToken: next } = page.value;
    if (next !== undefined && next === token) throw endlessList(prefix);
    token = next;
    for (const object of page.value.Contents ?? []) {
      yield {
        key: object.Key ?? '',
        sizeBytes: object.Size ?? 0,
        etag: object.ETag ?? '',
        lastModified: object.LastModified ?? new Date(0),
      };
    }
  }
}

/** Deletes objects. Safe to run again: an empty key counts as deleted. */
export async function deleteObjects(s3: S3Connection, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += deleteBatch) {
    const batch = keys.slice(start, start + deleteBatch);
    await deleteBatchOf(s3, batch).catch(async (error: unknown) => {
      if (!(error instanceof BeatreelFailure) || !isBatchUnknown(error.cause)) throw error;
      for (const key of batch) await deleteOne(s3, key);
    });
  }
}

async function deleteBatchOf(s3: S3Connection, keys: readonly string[]): Promise<void> {
  const command = new DeleteObjectsCommand({
    Bucket: s3.settings.bucket,
    Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: true },
  });
  const doing = `Deleting ${keys.length} objects`;
  const output = await storageCall({ doing }, () => s3.client.send(command));
  // DeleteObjects answers 200 and lists failed deletions in the body.
  const [refused] = output.Errors ?? [];
  if (refused === undefined) return;
  const text = `${doing} failed: ${refused.Key ?? 'an object'} was refused with ${refused.Code ?? 'no code'}.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, text);
}

/** True for stores that want Content-MD5, which the SDK no longer sends, or that delete only one by one. */
function isBatchUnknown(error: unknown): boolean {
  const status = storageStatus(error);
  return isNotImplemented(error) || status === 400 || status === 405 || status === 411;
}

async function deleteOne(s3: S3Connection, key: string): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: s3.settings.bucket, Key: key });
  await storageCall({ doing: `Deleting ${key}` }, async () => {
    await s3.client.send(command).catch((error: unknown) => {
      if (!isMissingObject(error)) throw error;
    });
  });
}
