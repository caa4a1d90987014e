import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** A bucket of an S3-compatible store. */
export interface BucketAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The key of a probe, which is written and removed again. */
const probeKey = 'beatreel-ready';

/**
 * Makes sure that the bucket is there and takes a write, creating it when it is not. One try: rejects while the store
 * does not answer. May run any number of times.
 */
export async function prepareBucket({ endpoint, region, bucket, credentials }: BucketAddress): Promise<true> {
  const s3 = new S3Client({
    endpoint,
    region,
    credentials: { ...credentials },
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket })).catch(async (error: unknown) => {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
      await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    });
    // The gateway answers before the volume behind it takes writes.
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: probeKey, Body: 'ready' }));
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: probeKey }));
    return true;
  } finally {
    s3.destroy();
  }
}
