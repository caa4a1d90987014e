import type { ArtifactRef } from '../domain/artifact.ts';
import { type AbortRule, hasAbortRule, installAbortRule } from './abort-rule.ts';
import type { Checksum } from './checksum.ts';
import { copyObject, type ObjectCopy } from './copy-object.ts';
import { connectS3, type S3Connection } from './create-s3-client.ts';
import { type ExpiryRule, hasExpiryRule, installExpiryRule } from './expiry-rule.ts';
import { abortUpload, listOpenUploads, type OpenUpload } from './multipart-upload.ts';
import {
  type ByteSum,
  type ByteWatch,
  type ContentDigest,
  downloadArtifact,
  hashObject,
  type ObjectStream,
  openObject,
  type StreamOptions,
  sumObject,
} from './object-download.ts';
import {
  deleteObjects,
  headObject,
  type ListedObject,
  listObjects,
  type ObjectHead,
} from './object-listing.ts';
import { putBytes, putFile, type PutOptions } from './object-upload.ts';
import { createPresignGet, type PresignGet } from './presign-get.ts';
import type { S3Settings } from './s3-settings.ts';
import { getJson, type JsonCondition, type JsonReceipt, putJson, type StoredJson } from './stored-json.ts';

/**
 * The bucket as the rest of Beatreel sees it.
 * Every method throws `BeatreelFailure`: `ProviderUnavailable` when the store does not answer, `ArtifactMissing` for an
 * empty key, `StoreRefused` when it refuses us; the reason of an aborted signal is thrown unchanged.
 */
export interface ObjectStore {
  /** `conflict` means "read it back": a retried write may conflict with itself. */
  putJson(key: string, value: unknown, condition?: JsonCondition): Promise<JsonReceipt | 'conflict'>;
  getJson(key: string): Promise<StoredJson | undefined>;
  head(key: string): Promise<ObjectHead | undefined>;
  getStream(key: string, options?: StreamOptions): Promise<ObjectStream>;
  /** Streams a local file, 1 byte to 5 GiB. With `ifNoneMatch` the first write wins and its reference is returned. */
  putFile(key: string, path: string, options: PutOptions): Promise<ArtifactRef>;
  putBytes(key: string, bytes: Uint8Array, options: PutOptions): Promise<ArtifactRef>;
  /** Copies within the bucket, by the store itself. Replaces an object at the target. */
  copy(copy: ObjectCopy): Promise<void>;
  /** Afterwards the path holds the whole file, verified by size and sha256; after a failure it is unchanged. */
  downloadToFile(ref: ArtifactRef, path: string, watch?: ByteWatch): Promise<void>;
  /** In key order. */
  list(prefix: string): AsyncGenerator<ListedObject>;
  deleteMany(keys: readonly string[]): Promise<void>;
  /** The address opens the object for anybody: never log it. */
  presignGet: PresignGet;
  /** Reads the whole object once, in constant memory. */
  hashObject(key: string, watch?: ByteWatch): Promise<ContentDigest>;
  /** Like `hashObject`, with any algorithm. */
  sumObject(key: string, algorithm: Checksum['algorithm']): Promise<ByteSum>;
  listOpenUploads(prefix: string): Promise<OpenUpload[]>;
  /** Safe to run again. */
  abortUpload(key: string, uploadId: string): Promise<void>;
  /** Lets the store abort open uploads by itself. Safe to run again. */
  installAbortRule(rule: AbortRule): Promise<'installed' | 'present'>;
  hasAbortRule(rule: AbortRule): Promise<boolean>;
  /** Lets the store delete old objects by itself. Safe to run again. */
  installExpiryRule(rule: ExpiryRule): Promise<'installed' | 'present'>;
  hasExpiryRule(rule: ExpiryRule): Promise<boolean>;
  /** Closes the kept-alive connections. */
  close(): void;
}

/** Opens the bucket, on a shared connection or on a new one for these settings. Sends nothing yet. */
export function createObjectStore(source: S3Settings | S3Connection): ObjectStore {
  const s3 = 'client' in source ? source : connectS3(source);
  return {
    putJson: (key, value, condition = {}) => putJson(s3, { key, value, condition }),
    getJson: (key) => getJson(s3, key),
    head: (key) => headObject(s3, key),
    getStream: (key, options) => openObject(s3, key, options),
    putFile: (key, path, options) => putFile(s3, { key, path, ...options }),
    putBytes: (key, bytes, options) => putBytes(s3, { key, bytes, ...options }),
    copy: (copy) => copyObject(s3, copy),
    downloadToFile: (ref, path, watch) => downloadArtifact(s3, { ref, path, ...watch }),
    list: (prefix) => listObjects(s3, prefix),
    deleteMany: (keys) => deleteObjects(s3, keys),
    presignGet: createPresignGet(s3),
    hashObject: (key, watch) => hashObject(s3, key, watch),
    sumObject: (key, algorithm) => sumObject(s3, { key, algorithm }),
    listOpenUploads: (prefix) => listOpenUploads(s3, prefix),
    abortUpload: (key, uploadId) => abortUpload(s3, { key, uploadId }),
    installAbortRule: (rule) => installAbortRule(s3, rule),
    hasAbortRule: (rule) => hasAbortRule(s3, rule),
    installExpiryRule: (rule) => installExpiryRule(s3, rule),
    hasExpiryRule: (rule) => hasExpiryRule(s3, rule),
    close: () => {
      s3.client.destroy();
    },
  };
}
