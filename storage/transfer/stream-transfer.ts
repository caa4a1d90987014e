import { Readable } from 'node:stream';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { ContentDigest } from '../object-download.ts';
import { admitFirstBytes, createFileCheck, type FileCheck } from './file-check.ts';
import { acceptExisting, verifyStored } from './finish-upload.ts';
import { readHead } from './read-head.ts';
import { RangeStream } from './read-range.ts';
import type { Source } from './source.ts';
import type { SourceAnswer } from './source-answer.ts';
import type { TransferContext } from './transfer-request.ts';
import { uploadBody } from './upload-body.ts';

/** A source's answer with the whole file. */
export interface WholeAnswer {
  readonly source: Source;
  readonly answer: SourceAnswer;
}

const reportEveryBytes = 1024 * 1024;
const bodyChunkBytes = 64 * 1024;

/**
 * Moves a file in a single pass, for sources without ranges or without a strong ETag, and for small files.
 * Creates an object only if the whole file arrived.
 */
export async function transferStream(context: TransferContext, whole: WholeAnswer): Promise<ArtifactRef> {
  const { s3, request } = context;
  const { totalBytes, isChunked } = whole.answer;
  const chunks = readWhole(context, whole);
  const head = await readHead(chunks);
  const contentType = admitFirstBytes(head, request.expect, whole.answer.contentType);
  const check = createFileCheck({ contentType, totalBytes, isChunked, expect: request.expect });
  const flow = createFlow(context, { head, chunks, check });
  const outcome = await uploadBody(context, { body: flow.body, contentType, onUploadId: flow.reportUpload });
  const digest = flow.digest();
  const stored = { key: request.key, totalBytes: digest.sizeBytes };
  if (outcome === 'exists') return acceptExisting(s3, stored);
  await verifyStored(s3, stored);
  return { key: request.key, ...digest, contentType };
}

function readWhole(
  { limits, signal }: TransferContext,
  { source, answer }: WholeAnswer,
): AsyncIterableIterator<Buffer> {
  const { totalBytes, etag } = answer;
  const end = totalBytes === undefined ? undefined : totalBytes - 1;
  return new RangeStream({ source, limits, signal, first: answer, start: 0, end, etag }).iterator();
}

interface CheckedBytes {
  readonly head: Buffer;
  readonly chunks: AsyncIterable<Buffer>;
  readonly check: FileCheck;
}

/** The body for the store: it ends in an error unless the check passes, so a wrong file cannot be completed. */
function createFlow({ request, signal }: TransferContext, { head, chunks, check }: CheckedBytes) {
  let digest: ContentDigest | undefined;
  let uploadId: string | undefined;
  let storedBytes = 0;
  let reportedBytes = 0;

  const report = () => {
    reportedBytes = storedBytes;
    request.onProgress({ storedBytes, parts: [], uploadId });
  };
  const pass = (chunk: Buffer) => {
    check.push(chunk);
    storedBytes += chunk.byteLength;
    if (storedBytes - reportedBytes >= reportEveryBytes) report();
    return chunk;
  };
  async function* checked(): AsyncGenerator<Buffer> {
    yield pass(head);
    for await (const chunk of chunks) yield pass(chunk);
    signal.throwIfAborted();
    digest = check.finish();
  }
  return {
    body: Readable.from(checked(), { objectMode: false, highWaterMark: bodyChunkBytes }),
    reportUpload: (created: string) => {
      uploadId = created;
      report();
    },
    digest: () => {
      if (digest === undefined) throw new Error('The file was stored before its last byte was seen.');
      return digest;
    },
  };
}
