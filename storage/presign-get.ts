import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createS3Client } from './create-s3-client.ts';
import type { S3Settings } from './s3-settings.ts';
import type { S3Connection } from './create-s3-client.ts';

/** The options of a presigned address. */
export interface PresignOptions {
  /** 1 to 604800 (seven days). */
  readonly expiresSeconds: number;
  /** Value of the `content-disposition` the store will answer with; it stays readable inside the address. */
  readonly contentDisposition?: string;
  /** True: signed for `S3_PUBLIC_ENDPOINT`, for a model host to fetch. False: for our own tools beside the store. */
  readonly publicEndpoint: boolean;
}

/** Signs GET addresses. The address opens the object for anybody: keep it out of logs and histories. */
export type PresignGet = (key: string, options: PresignOptions) => Promise<string>;

/** Creates the signer. It sends nothing: credentials come from the AWS SDK's chain, everything else is arithmetic. */
export function createPresignGet({ settings, clock }: Omit<S3Connection, 'client'>): PresignGet {
  // A checksum mode of `crc32` would add a requirement to the address that a plain GET does not meet.
  const quiet: S3Settings = { ...settings, checksum: 'when_required' };
  const inside = createS3Client(quiet);
  const outside = createS3Client(quiet, { endpoint: settings.publicEndpoint ?? settings.endpoint });
  return (key, { expiresSeconds, contentDisposition, publicEndpoint }) => {
    const command = new GetObjectCommand({
      Bucket: settings.bucket,
      Key: key,
      ResponseContentDisposition: contentDisposition,
    });
    return getSignedUrl(publicEndpoint ? outside : inside, command, {
      expiresIn: expiresSeconds,
      // The store checks the date by its own clock.
      signingDate: clock.now(),
    });
  };
}
