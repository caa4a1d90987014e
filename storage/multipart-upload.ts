import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type ListPartsCommandOutput,
  ListPartsCommand,
  type Part,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import type { S3Connection } from './create-s3-client.ts';
import { endlessList, isConflict, isMissingUpload, storageCall } from './storage-failure.ts';

/** An open multipart upload. */
export interface UploadAddress {
  readonly key: string;
  readonly uploadId: string;
}

/** A part in the store. Numbers start at 1. */
export interface StoredPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly sizeBytes: number;
  /** Base64, as the store gave it; present, and required for the completion, when the upload carries CRC32s. */
  readonly checksumCrc32?: string;
}

/** An upload that was begun and neither completed nor aborted. */
export interface OpenUpload extends UploadAddress {
  readonly initiated: Date;
}

/** Parts in flight may land after an abort and keep the upload alive, so the abort is repeated. */
const abortTries = 5;

/** Begins a multipart upload and returns its id. */
export async function createUpload(
  s3: S3Connection,
  object: { key: string; contentType: string },
): Promise<string> {
  const command = new CreateMultipartUploadCommand({
    Bucket: s3.settings.bucket,
    Key: object.key,
    ContentType: object.contentType,
    ...(s3.settings.checksum !== 'when_required' && {
      ChecksumAlgorithm: 'CRC32',
      ChecksumType: 'FULL_OBJECT',
    }),
  });
  const output = await storageCall({ doing: `Beginning an upload to ${object.key}` }, () =>
    s3.client.send(command),
  );
  if (output.UploadId === undefined) {
    throw new BeatreelFailure(
      failureTypes.providerUnavailable,
      `The object store gave no upload id for ${object.key}.`,
    );
  }
  return output.UploadId;
}

/** One part in transit to the store. */
export interface PartWrite extends UploadAddress {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly body: Uint8Array | Readable;
  readonly signal: AbortSignal;
}

/** Uploads one part through the SDK. Safe to run again: a part with the same number is replaced. */
export async function uploadPart(s3: S3Connection, part: PartWrite): Promise<StoredPart> {
  const { key, uploadId, partNumber, sizeBytes, body, signal } = part;
  const command = new UploadPartCommand({
    Bucket: s3.settings.bucket,
    Key: key,
    UploadId: uploadId,
    PartNumber: partNumber,
    Body: body,
    ContentLength: sizeBytes,
  });
  const doing = `Uploading part ${partNumber} of ${key}`;
  const output = await storageCall({ doing, signal }, () => s3.client.send(command, { abortSignal: signal }));
  if (output.ETag === undefined) {
    throw new BeatreelFailure(
      failureTypes.providerUnavailable,
      `${doing} failed: the object store gave no ETag.`,
    );
  }
  return storedPart(partNumber, sizeBytes, output as { ETag: string; ChecksumCRC32?: string });
}

/** The parts the store holds, by number; undefined when it no longer knows the upload. */
export async function listParts(
  s3: S3Connection,
  { key, uploadId }: UploadAddress,
): Promise<StoredPart[] | undefined> {
  const input = { Bucket: s3.settings.bucket, Key: key, UploadId: uploadId };
  return storageCall({ doing: `Listing the parts of ${key}` }, async () => {
    const parts: StoredPart[] = [];
    try {
      for (let marker: string | undefined; ;) {
        const page = await s3.client.send(new ListPartsCommand({ ...input, PartNumberMarker: marker }));
        parts.push(...(page.Parts ?? []).flatMap(toStoredPart));
        // Some stores name a next part even after the last one.
        if (page.IsTruncated !== true) return parts;
        marker = nextMarker(page, marker, key);
      }
    } catch (error) {
      if (isMissingUpload(error)) return undefined;
      throw error;
    }
  });
}

function toStoredPart({ PartNumber, ETag, Size, ChecksumCRC32 }: Part): StoredPart[] {
  if (PartNumber === undefined || ETag === undefined || Size === undefined) return [];
  return [storedPart(PartNumber, Size, { ETag, ChecksumCRC32 })];
}

/** @throws BeatreelFailure for a list that never advances */
function nextMarker(
  { NextPartNumberMarker: next }: ListPartsCommandOutput,
  before: string | undefined,
  key: string,
): string {
  if (next !== undefined && Number(next) > Number(before ?? 0)) return next;
  throw endlessList(`the parts of ${key}`);
}

function storedPart(
  partNumber: number,
  sizeBytes: number,
  answer: { readonly ETag: string; readonly ChecksumCRC32?: string },
): StoredPart {
  const { ETag: etag, ChecksumCRC32: checksumCrc32 } = answer;
  return { partNumber, etag, sizeBytes, checksumCrc32 };
}

/** The content of a completion: the parts in order and, as a check, their total. */
export interface UploadCompletion extends UploadAddress {
  readonly parts: readonly StoredPart[];
  readonly totalBytes: number;
}

/**
 * Joins the parts into one object, unless the key already holds one.
 *
 * @returns `exists` when the key already holds an object, `gone` when the store no longer knows the upload; both may
 *   mean that an earlier completion succeeded and its answer was lost
 */
export async function completeUpload(
  s3: S3Connection,
  { key, uploadId, parts, totalBytes }: UploadCompletion,
): Promise<'completed' | 'exists' | 'gone'> {
  const command = new CompleteMultipartUploadCommand({
    Bucket: s3.settings.bucket,
    Key: key,
    UploadId: uploadId,
    IfNoneMatch: '*',
    MpuObjectSize: totalBytes,
    MultipartUpload: {
      Parts: parts.map(({ partNumber, etag, checksumCrc32 }) => ({
        PartNumber: partNumber,
        ETag: etag,
        ChecksumCRC32: checksumCrc32,
      })),
    },
  });
  return storageCall({ doing: `Completing the upload to ${key}` }, async () => {
    try {
      await s3.client.send(command);
      return 'completed';
    } catch (error) {
      if (isMissingUpload(error)) return 'gone';
      if (isConflict(error)) return 'exists';
      throw error;
    }
  });
}

/** Discards an upload's parts. Safe to run again: an upload the store no longer knows counts as aborted. */
export async function abortUpload(s3: S3Connection, { key, uploadId }: UploadAddress): Promise<void> {
  const command = new AbortMultipartUploadCommand({
    Bucket: s3.settings.bucket,
    Key: key,
    UploadId: uploadId,
  });
  for (let tries = 0; tries < abortTries; tries += 1) {
    await storageCall({ doing: `Aborting the upload to ${key}` }, async () => {
      try {
        await s3.client.send(command);
      } catch (error) {
        if (!isMissingUpload(error)) throw error;
      }
    });
    const parts = await listParts(s3, { key, uploadId });
    if (parts === undefined) return;
  }
  const text = `Aborting the upload to ${key} failed: the object store still holds it after ${abortTries} tries.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, text);
}

/** Every open multipart upload whose key begins with the prefix. */
export async function listOpenUploads(s3: S3Connection, prefix: string): Promise<OpenUpload[]> {
  const found: OpenUpload[] = [];
  let marker: { KeyMarker?: string; UploadIdMarker?: string } = {};
  for (;;) {
    const command = new ListMultipartUploadsCommand({
      Bucket: s3.settings.bucket,
      Prefix: prefix,
      ...marker,
    });
    const page = await storageCall({ doing: `Listing uploads of ${prefix}` }, () => s3.client.send(command));
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined) continue;
      found.push({ key: Key, uploadId: UploadId, initiated: Initiated ?? new Date(0) });
    }
    if (page.IsTruncated !== true || page.NextKeyMarker === undefined) return found;
    if (page.NextKeyMarker === marker.KeyMarker && page.NextUploadIdMarker === marker.UploadIdMarker)
      throw endlessList(`the uploads of ${prefix}`);
    marker = {
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    };
  }
}

/** Aborts every open upload to exactly this key, e.g. uploads whose id was lost with a process. */
export async function abortUploadsTo(s3: S3Connection, key: string): Promise<void> {
  for (const open of await listOpenUploads(s3, key)) {
    if (open.key === key) await abortUpload(s3, open);
  }
}
