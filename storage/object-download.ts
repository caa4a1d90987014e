import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { ArtifactRef } from '../domain/artifact.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { type Checksum, checksumOf, startChecksum } from './checksum.ts';
import type { S3Connection } from './create-s3-client.ts';
import { isFileError, LocalFileFailure } from './local-file-failure.ts';
import { storageCall } from './storage-failure.ts';

/** An object being read. Read the body to its end or destroy it, or its connection is never released. */
export interface ObjectStream {
  readonly body: Readable;
  /** Bytes this body will deliver. */
  readonly sizeBytes: number;
  readonly etag: string;
  readonly contentType: string;
}

/** The bytes to read, and an end to the reading. */
export interface StreamOptions {
  /** 0-based, both ends inclusive. */
  readonly range?: { readonly start: number; readonly end: number };
  readonly signal?: AbortSignal | undefined;
}

/** Watches and stops a long read or write. */
export interface ByteWatch {
  readonly signal?: AbortSignal;
  /** Called with the bytes moved so far, for every chunk. */
  readonly onBytes?: (bytes: number) => void;
}

/** Size and checksum of a whole object. */
export interface ContentDigest {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Opens an object for reading. @throws BeatreelFailure `ArtifactMissing` for an empty key */
export async function openObject(
  s3: S3Connection,
  key: string,
  options: StreamOptions = {},
): Promise<ObjectStream> {
  const { range, signal } = options;
  const command = new GetObjectCommand({
    Bucket: s3.settings.bucket,
    Key: key,
    ...(range !== undefined && { Range: `bytes=${range.start}-${range.end}` }),
  });
  const output = await storageCall({ doing: `Reading ${key}`, signal }, () =>
    s3.client.send(command, signal === undefined ? {} : { abortSignal: signal }),
  );
  return {
    body: output.Body instanceof Readable ? output.Body : Readable.from([]),
    sizeBytes: output.ContentLength ?? 0,
    etag: output.ETag ?? '',
    contentType: output.ContentType ?? 'application/octet-stream',
  };
}

/** Reads a whole object once, in constant memory, and returns its digest. */
export async function hashObject(
  s3: S3Connection,
  key: string,
  watch: ByteWatch = {},
): Promise<ContentDigest> {
  const { value, sizeBytes } = await sumObject(s3, { key, algorithm: 'sha256', ...watch });
  return { sha256: value, sizeBytes };
}

/** An object to read again, and the algorithm of its checksum. */
export interface ObjectSum extends ByteWatch {
  readonly key: string;
  readonly algorithm: Checksum['algorithm'];
}

/** Reads a whole object once, in constant memory. */
export async function sumObject(s3: S3Connection, { key, algorithm, ...watch }: ObjectSum): Promise<ByteSum> {
  const { body, sizeBytes } = await openObject(s3, key, { signal: watch.signal });
  const meter = createMeter(watch, algorithm);
  await storageCall({ doing: `Reading ${key}`, signal: watch.signal }, () =>
    pipeline(body, meter.pass, drain, signalOption(watch.signal)),
  );
  requireWhole(meter.sum().sizeBytes, sizeBytes, key);
  return meter.sum();
}

/** An artifact and its local target. */
export interface ArtifactDownload extends ByteWatch {
  readonly ref: ArtifactRef;
  readonly path: string;
}

/**
 * Downloads an artifact into a local file. The path holds either the whole verified file or its former content.
 *
 * @throws BeatreelFailure `ArtifactMissing` when size or checksum differ from the reference
 */
export async function downloadArtifact(
  s3: S3Connection,
  { ref, path, ...watch }: ArtifactDownload,
): Promise<void> {
  const partial = `${path}.${randomUUID()}.part`;
  const { body, sizeBytes } = await openObject(s3, ref.key, { signal: watch.signal });
  const meter = createMeter(watch, checksumOf(ref).algorithm);
  const aboutFile = (error: unknown): never => {
    throw isFileError(error) ? new LocalFileFailure(path, error) : error;
  };
  try {
    await storageCall({ doing: `Downloading ${ref.key}`, signal: watch.signal }, () =>
      pipeline(
        body,
        meter.pass,
        createWriteStream(partial, { flags: 'wx' }),
        signalOption(watch.signal),
      ).catch(aboutFile),
    );
    requireWhole(meter.sum().sizeBytes, sizeBytes, ref.key);
    requireSame(meter.sum(), ref);
    await rename(partial, path).catch(aboutFile);
  } finally {
    // A temporary file that cannot be removed must not hide the reason of a failed download.
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

interface Meter {
  readonly pass: (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;
  readonly sum: () => ByteSum;
}

/** Checksum and size of streamed bytes. */
export interface ByteSum extends Checksum {
  readonly sizeBytes: number;
}

/** Counts and sums the bytes that flow through it. */
export function createMeter({ onBytes }: ByteWatch, algorithm: Checksum['algorithm'] = 'sha256'): Meter {
  const running = startChecksum(algorithm);
  let sizeBytes = 0;
  return {
    async *pass(chunks) {
      for await (const chunk of chunks) {
        running.update(chunk);
        sizeBytes += chunk.byteLength;
        onBytes?.(sizeBytes);
        yield chunk;
      }
    },
    sum: () => ({ algorithm, value: running.value(), sizeBytes }),
  };
}

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

function signalOption(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function requireWhole(received: number, announced: number, key: string): void {
  if (received === announced) return;
  const text = `Reading ${key} broke off: ${received} of ${announced} bytes came.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, text);
}

function requireSame(found: ByteSum, ref: ArtifactRef): void {
  const { algorithm, value } = checksumOf(ref);
  if (found.sizeBytes === ref.sizeBytes && found.value === value) return;
  const is = `${found.sizeBytes} bytes with ${algorithm} ${found.value}`;
  const text = `${ref.key} is ${is}, but ${ref.sizeBytes} bytes with ${algorithm} ${value} were stored.`;
  throw new BeatreelFailure(failureTypes.artifactMissing, text);
}
