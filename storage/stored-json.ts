import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { type S3Connection, serverDateOf } from './create-s3-client.ts';
import { isConflict, isMissingObject, storageCall } from './storage-failure.ts';

/** The condition of a JSON write. Without any, it always writes. */
export interface JsonCondition {
  /** Writes only to an empty key. */
  readonly ifNoneMatch?: '*';
  /** Writes only over exactly this version. */
  readonly ifMatch?: string;
}

/** The result of a JSON write. */
export interface JsonReceipt {
  readonly etag: string;
  /** The store's clock, to the second. */
  readonly storedAt: Date;
}

/** A JSON object in the store. */
export interface StoredJson {
  readonly value: unknown;
  readonly etag: string;
  readonly lastModified: Date;
  /** The store's clock now, to the second: leases are compared with this clock only. */
  readonly serverDate: Date;
}

/** One JSON object to write. */
export interface JsonWrite {
  readonly key: string;
  readonly value: unknown;
  readonly condition: JsonCondition;
}

/**
 * Writes JSON. A write whose answer was lost is retried and then conflicts with itself: `conflict` means "read it
 * back", not "somebody else wrote".
 */
export async function putJson(
  s3: S3Connection,
  { key, value, condition }: JsonWrite,
): Promise<JsonReceipt | 'conflict'> {
  const command = new PutObjectCommand({
    Bucket: s3.settings.bucket,
    Key: key,
    Body: JSON.stringify(value),
    ContentType: 'application/json',
    IfNoneMatch: condition.ifNoneMatch,
    IfMatch: condition.ifMatch,
  });
  return storageCall({ doing: `Writing ${key}` }, async () => {
    try {
      const output = await s3.client.send(command);
      return { etag: requireEtag(output.ETag, key), storedAt: serverDateOf(output) };
    } catch (error) {
      // With If-Match, S3 answers 404 where the object is gone.
      if (isConflict(error) || (condition.ifMatch !== undefined && isMissingObject(error))) return 'conflict';
      throw error;
    }
  });
}

/** Reads JSON; undefined for an empty key. */
export async function getJson(s3: S3Connection, key: string): Promise<StoredJson | undefined> {
  const command = new GetObjectCommand({ Bucket: s3.settings.bucket, Key: key });
  return storageCall({ doing: `Reading ${key}` }, async () => {
    try {
      const output = await s3.client.send(command);
      const text = (await output.Body?.transformToString('utf-8')) ?? '';
      return {
        value: parse(text, key),
        etag: requireEtag(output.ETag, key),
        lastModified: output.LastModified ?? serverDateOf(output),
        serverDate: serverDateOf(output),
      };
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      throw error;
    }
  });
}

function parse(text: string, key: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new BeatreelFailure(
      failureTypes.invalidRequest,
      `${key} holds ${text.length} characters that are not JSON.`,
      {
        cause,
      },
    );
  }
}

function requireEtag(etag: string | undefined, key: string): string {
  if (etag === undefined) throw new Error(`The object store sent no ETag for ${key}.`);
  return etag;
}
