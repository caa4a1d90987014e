import { CopyObjectCommand } from '@aws-sdk/client-s3';

import type { S3Connection } from './create-s3-client.ts';
import { storageCall } from './storage-failure.ts';

/** An object of at most 5 GiB, and its copy in the same bucket. */
export interface ObjectCopy {
  readonly from: string;
  readonly to: string;
  readonly contentType: string;
  readonly signal?: AbortSignal | undefined;
}

/** Lets the store copy an object; its bytes do not pass here. Replaces an object at the target. Safe to run again. */
export async function copyObject(
  s3: S3Connection,
  { from, to, contentType, signal }: ObjectCopy,
): Promise<void> {
  const { bucket } = s3.settings;
  const command = new CopyObjectCommand({
    Bucket: bucket,
    Key: to,
    CopySource: [bucket, ...from.split('/')].map(encodeURIComponent).join('/'),
    MetadataDirective: 'REPLACE',
    ContentType: contentType,
  });
  await storageCall({ doing: `Copying ${from} to ${to}`, signal }, () =>
    s3.client.send(command, signal === undefined ? {} : { abortSignal: signal }),
  );
}
