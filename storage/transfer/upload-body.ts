import type { Readable } from 'node:stream';
import { CreateMultipartUploadCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { abortUpload } from '../multipart-upload.ts';
import { isConflict, isMissingUpload, storageCall } from '../storage-failure.ts';
import type { TransferContext } from './transfer-request.ts';

/** A body of unknown length to upload. */
export interface BodyUpload {
  readonly body: Readable;
  readonly contentType: string;
  /** Called before the first part, if the body needs more than one. */
  readonly onUploadId: (uploadId: string) => void;
}

/** Parts in flight at once, and the memory that lib-storage takes for them and for the part it collects, in parts. */
export const bodyUploadMemory = { partsAtOnce: 2, reservedParts: 3 };

/**
 * Uploads a body with lib-storage, which needs care in five places: it gets no ContentLength, because it compares that
 * only with the number of parts; it passes no signal to its requests; it continues reading after a part has failed; it
 * waits for a stalled source before it aborts; and its own abort is lost when the process ends.
 *
 * @returns `exists` when the key already holds an object
 * @throws the first failure of body, store or signal; leaves no upload open
 */
export async function uploadBody(context: TransferContext, upload: BodyUpload): Promise<'stored' | 'exists'> {
  const { s3, memory, request } = context;
  const { body, contentType } = upload;
  let uploadId: string | undefined;
  // lib-storage handles the body's errors only while it reads; a later one must not end the process.
  body.on('error', () => undefined);
  const client = stoppableClient(context, (created) => {
    uploadId = created;
    upload.onUploadId(created);
  });
  const task = new Upload({
    client,
    params: {
      Bucket: s3.settings.bucket,
      Key: request.key,
      Body: body,
      ContentType: contentType,
      IfNoneMatch: '*',
    },
    partSize: memory.partBytes,
    queueSize: bodyUploadMemory.partsAtOnce,
    leavePartsOnError: true,
  });
  try {
    await task.done();
    return 'stored';
  } catch (error) {
    context.stop(error);
    body.destroy();
    if (uploadId !== undefined) await abortUpload(s3, { key: request.key, uploadId });
    if (error instanceof BeatreelFailure && meansExists(error.cause)) return 'exists';
    request.signal.throwIfAborted();
    throw context.signal.reason;
  }
}

function meansExists(error: unknown): boolean {
  // NoSuchUpload: an earlier completion succeeded and its answer was lost; the caller looks at the key.
  return isConflict(error) || isMissingUpload(error);
}

/** The client for lib-storage: every request ends with the transfer, and a failed one ends the transfer. */
function stoppableClient(
  { s3, request, signal, stop }: TransferContext,
  onUploadId: (id: string) => void,
): S3Client {
  const send = async (command: Parameters<S3Client['send']>[0]): Promise<unknown> => {
    // Aborting a creation could leave an upload with an unknown id.
    const isCreation = command instanceof CreateMultipartUploadCommand;
    const call = () => s3.client.send(command, isCreation ? {} : { abortSignal: signal });
    try {
      const output = await storageCall({ doing: `Uploading ${request.key}`, signal }, call);
      if ('UploadId' in output && isCreation && output.UploadId !== undefined) onUploadId(output.UploadId);
      return output;
    } catch (error) {
      stop(error);
      throw error;
    }
  };
  return Object.create(s3.client, { send: { value: send } }) as S3Client;
}
