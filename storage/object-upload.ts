import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { ArtifactRef } from '../domain/artifact.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import type { S3Connection } from './create-s3-client.ts';
import { type ByteWatch, createMeter } from './object-download.ts';
import { digestStored } from './digest-stored.ts';
import { headObject } from './object-listing.ts';
import { isConflict, storageCall } from './storage-failure.ts';

/** The options of a write. */
export interface PutOptions extends ByteWatch {
  readonly contentType: string;
  /** `*`: the first write wins, and a later one returns the reference of the existing object. */
  readonly ifNoneMatch?: '*';
}

/** A local file to upload. */
export interface FileUpload extends PutOptions {
  readonly key: string;
  readonly path: string;
}

/** Bytes in memory to upload. */
export interface BytesUpload extends PutOptions {
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** S3's limit for one PUT: 5 GiB. */
const maxPutBytes = 5 * 1024 ** 3;
const readChunkBytes = 256 * 1024;

/** Streams a local file to the store and hashes it in the same pass. Stores nothing if the file changes meanwhile. */
export async function putFile(s3: S3Connection, upload: FileUpload): Promise<ArtifactRef> {
  const { key, path, signal } = upload;
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new BeatreelFailure(
      failureTypes.artifactMissing,
      `Uploading ${key} failed: its file is not there.`,
      { cause },
    );
  });
  if (size === 0 || size > maxPutBytes) {
    const text = `Uploading ${key} failed: its file has ${size} bytes; 1 to ${maxPutBytes} can be stored.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, text);
  }
  const existing = upload.ifNoneMatch === undefined ? undefined : await existingArtifact(s3, key);
  if (existing !== undefined) return existing;
  const meter = createMeter(upload);
  const file = createReadStream(path, { highWaterMark: readChunkBytes });
  const body = Readable.from(exactly(size, meter.pass(file), key), {
    objectMode: false,
    highWaterMark: readChunkBytes,
  });
  const sent = await sendStream(s3, {
    body,
    input: putInput(s3, upload, { Body: body, ContentLength: size }),
    signal,
  });
  if (sent === 'conflict') return requireExisting(s3, key);
  const { value, sizeBytes } = meter.sum();
  return { key, sizeBytes, sha256: value, contentType: upload.contentType };
}

/** Writes bytes that are already in memory. */
export async function putBytes(s3: S3Connection, upload: BytesUpload): Promise<ArtifactRef> {
  const { key, bytes, contentType, signal } = upload;
  const command = new PutObjectCommand(putInput(s3, upload, { Body: bytes }));
  const sent = await storageCall({ doing: `Writing ${key}`, signal }, () =>
    s3.client.send(command, signal === undefined ? {} : { abortSignal: signal }).catch(conflictOrThrow),
  );
  if (sent === 'conflict') return requireExisting(s3, key);
  upload.onBytes?.(bytes.byteLength);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { key, sizeBytes: bytes.byteLength, sha256, contentType };
}

/** The reference of an existing object, with its checksum from the store or read back; undefined for an empty key. */
export async function existingArtifact(s3: S3Connection, key: string): Promise<ArtifactRef | undefined> {
  const head = await headObject(s3, key);
  if (head === undefined) return undefined;
  return {
    key,
    ...(await digestStored(s3, { key, sizeBytes: head.sizeBytes })),
    contentType: head.contentType,
  };
}

type Payload = Pick<PutObjectCommandInput, 'Body' | 'ContentLength'>;

function putInput(
  s3: S3Connection,
  upload: PutOptions & { key: string },
  payload: Payload,
): PutObjectCommandInput {
  return {
    Bucket: s3.settings.bucket,
    Key: upload.key,
    ContentType: upload.contentType,
    IfNoneMatch: upload.ifNoneMatch,
    ...payload,
  };
}

interface StreamPut {
  readonly body: Readable;
  readonly input: PutObjectCommandInput;
  readonly signal: AbortSignal | undefined;
}

async function sendStream(
  s3: S3Connection,
  { body, input, signal }: StreamPut,
): Promise<'sent' | 'conflict'> {
  const stop = new AbortController();
  // The SDK ignores the body's errors. Without this listener one would end the process, and the PUT would hang.
  body.on('error', (error) => {
    stop.abort(error);
  });
  const abortSignal = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  try {
    return await storageCall({ doing: `Writing ${input.Key ?? ''}`, signal }, async () => {
      try {
        const sent = await s3.client
          .send(new PutObjectCommand(input), { abortSignal })
          .catch(conflictOrThrow);
        return sent === 'conflict' ? sent : 'sent';
      } catch (error) {
        throw stop.signal.aborted ? stop.signal.reason : error;
      }
    });
  } finally {
    body.destroy();
  }
}

function conflictOrThrow(error: unknown): 'conflict' {
  if (isConflict(error)) return 'conflict';
  throw error;
}

async function* exactly(size: number, chunks: AsyncIterable<Buffer>, key: string): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of chunks) {
    seen += chunk.byteLength;
    if (seen > size) break;
    yield chunk;
  }
  if (seen === size) return;
  const text = `Uploading ${key} failed: its file had ${size} bytes and changed while it was read.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, text);
}

async function requireExisting(s3: S3Connection, key: string): Promise<ArtifactRef> {
  const existing = await existingArtifact(s3, key);
  if (existing !== undefined) return existing;
  const text = `Writing ${key} was refused because an object lies there, and then there was none. Try again.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, text);
}
