import { readS3Settings } from '../../storage/s3-settings.ts';

test('AWS itself needs a bucket and a region, and gets checksums', () => {
  expect(readS3Settings({ S3_BUCKET: 'videos', AWS_REGION: 'eu-central-1' })).toEqual({
    bucket: 'videos',
    region: 'eu-central-1',
    forcePathStyle: false,
    checksum: 'crc32',
  });
});

test('another store gets path style, a region by default and no checksums it may not know', () => {
  const env = {
    S3_BUCKET: 'videos',
    S3_ENDPOINT: 'http://127.0.0.1:9000/',
    S3_PUBLIC_ENDPOINT: 'https://s3.example.com',
  };
  expect(readS3Settings(env)).toEqual({
    endpoint: 'http://127.0.0.1:9000',
    publicEndpoint: 'https://s3.example.com',
    bucket: 'videos',
    region: 'us-east-1',
    forcePathStyle: true,
    checksum: 'when_required',
  });
});

test('a store may lie under a path, and want the bucket before its host', () => {
  const env = { S3_BUCKET: 'videos', S3_ENDPOINT: 'https://abc.example.com/storage/v1/s3/' };
  expect(readS3Settings(env)).toMatchObject({
    endpoint: 'https://abc.example.com/storage/v1/s3',
    forcePathStyle: true,
  });
  expect(readS3Settings({ ...env, S3_ADDRESSING: 'virtual' }).forcePathStyle).toBe(false);
});

test.each([
  ['S3_BUCKET', { AWS_REGION: 'eu-central-1' }],
  ['S3_BUCKET', { S3_BUCKET: 'Not A Bucket', AWS_REGION: 'eu-central-1' }],
  ['AWS_REGION', { S3_BUCKET: 'videos' }],
  ['S3_CHECKSUM', { S3_BUCKET: 'videos', AWS_REGION: 'eu-central-1', S3_CHECKSUM: 'md5' }],
  ['S3_ADDRESSING', { S3_BUCKET: 'videos', AWS_REGION: 'eu-central-1', S3_ADDRESSING: 'host' }],
  ['S3_ENDPOINT', { S3_BUCKET: 'videos', S3_ENDPOINT: '127.0.0.1:9000' }],
  [
    'S3_PUBLIC_ENDPOINT',
    { S3_BUCKET: 'videos', AWS_REGION: 'eu-central-1', S3_PUBLIC_ENDPOINT: 'https://a/b?c' },
  ],
])('a wrong %s is refused by its name', (name, env) => {
  expect(() => readS3Settings(env)).toThrow(expect.objectContaining({ type: 'InvalidRequest' }) as Error);
  expect(() => readS3Settings(env)).toThrow(new RegExp(`^${name} `));
});

test('a password in an endpoint is refused and not repeated', () => {
  const env = { S3_BUCKET: 'videos', S3_ENDPOINT: 'https://user:hunter2@s3.example.com' };
  expect(() => readS3Settings(env)).toThrow(/^(?!.*hunter2).*S3_ENDPOINT/);
});
