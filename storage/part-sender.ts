import { Readable } from 'node:stream';
import { S3ServiceException, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Dispatcher, request } from 'undici';
import { createS3Client, type S3Connection } from './create-s3-client.ts';
import { type StoredPart, type UploadAddress, uploadPart } from './multipart-upload.ts';
import { openDispatcher } from './proxy.ts';
import { userAgent } from './user-agent.ts';
import { storageCall } from './storage-failure.ts';

/** Sends parts of multipart uploads to the store while they are still being read, without keeping them. */
export interface PartSender {
  /**
   * Sends one part. The length is stated before the first byte, so a body that ends early never becomes a part.
   *
   * @throws BeatreelFailure like every call to the store; rethrows errors of the body unchanged
   */
  send(part: FlowingPart): Promise<StoredPart>;
  close(): Promise<void>;
}

/** A part in transit. */
export interface FlowingPart extends UploadAddress {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Buffer>;
  readonly signal: AbortSignal;
}

/** The address is used at once; S3 checks its date when the request begins. */
const addressSeconds = 900;
const connectTimeoutMs = 10_000;
/** A store that neither takes a byte nor answers for this long is treated as gone. */
const idleTimeoutMs = 60_000;
const maxSockets = 64;

/**
 * Creates the sender. Without checksums a part goes to a presigned address, piped from socket to socket. Where the
 * settings ask for CRC32, the SDK sends it as a trailer behind the stream.
 */
export function createPartSender(s3: S3Connection): PartSender {
  if (s3.settings.checksum === 'crc32') {
    return { send: (part) => sendWithChecksum(s3, part), close: () => Promise.resolve() };
  }
  const agent = openDispatcher({
    connections: maxSockets,
    pipelining: 1,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    connect: { timeout: connectTimeoutMs },
  });
  // With checksums on, the SDK would sign that of an empty body, and the store would refuse the real one.
  const signer = createS3Client({ ...s3.settings, checksum: 'when_required' });
  return {
    send: (part) => sendPresigned({ s3, agent, signer }, part),
    close: async () => {
      signer.destroy();
      await agent.destroy();
    },
  };
}

interface Presigning {
  readonly s3: S3Connection;
  readonly agent: Dispatcher;
  readonly signer: S3Connection['client'];
}

async function sendPresigned({ s3, agent, signer }: Presigning, part: FlowingPart): Promise<StoredPart> {
  const { key, uploadId, partNumber, sizeBytes, body, signal } = part;
  return storageCall({ doing: describe(part), signal }, async () => {
    const command = new UploadPartCommand({
      Bucket: s3.settings.bucket,
      Key: key,
      UploadId: uploadId,
      PartNumber: partNumber,
    });
    const address = await getSignedUrl(signer, command, {
      expiresIn: addressSeconds,
      signingDate: s3.clock.now(),
    });
    const response = await request(address, {
      method: 'PUT',
      dispatcher: agent,
      headers: { 'content-length': String(sizeBytes), 'user-agent': userAgent },
      // undici takes iterables, as its documentation says; its types leave them out.
      body: body as unknown as Readable,
      signal,
    });
    const { etag, date } = response.headers;
    s3.clock.hear([date].flat()[0]);
    if (response.statusCode !== 200 || typeof etag !== 'string')
      throw refusalOf(response.statusCode, await response.body.text());
    await response.body.dump();
    return { partNumber, etag, sizeBytes };
  });
}

async function sendWithChecksum(s3: S3Connection, part: FlowingPart): Promise<StoredPart> {
  const { key, uploadId, partNumber, sizeBytes, signal } = part;
  const stop = new AbortController();
  const body = Readable.from(part.body, { objectMode: false, highWaterMark: 64 * 1024 });
  // The SDK ignores the body's errors. Without this listener one would end the process, and the PUT would hang.
  body.on('error', (error) => {
    stop.abort(error);
  });
  try {
    return await uploadPart(s3, {
      ...{ key, uploadId, partNumber, sizeBytes, body },
      signal: AbortSignal.any([signal, stop.signal]),
    });
  } finally {
    body.destroy();
  }
}

function describe({ partNumber, key }: FlowingPart): string {
  return `Uploading part ${partNumber} of ${key}`;
}

/** The store's answer in the SDK's form, so that one place classifies all failures of the store. */
function refusalOf(statusCode: number, text: string): S3ServiceException {
  const code = /<Code>([^<]{1,64})<\/Code>/.exec(text)?.[1];
  const sentence = /<Message>([^<]{1,1000})<\/Message>/.exec(text)?.[1];
  return new S3ServiceException({
    name: code ?? 'UnknownError',
    $fault: statusCode >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: statusCode },
    message: sentence ?? code ?? 'UnknownError',
  });
}
