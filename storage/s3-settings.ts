import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';

/** Address and options of the bucket. Credentials are not included: they stay in the AWS SDK's own chain. */
export interface S3Settings {
  /** Address of an S3-compatible store, with its path if any. Absent: AWS itself. */
  readonly endpoint?: string;
  /** Address of the same store for model hosts; used only in presigned addresses. Default: `endpoint`. */
  readonly publicEndpoint?: string;
  readonly bucket: string;
  readonly region: string;
  /** `S3_ADDRESSING`; default true for every custom endpoint, because few of them answer on `bucket.host`. */
  readonly forcePathStyle: boolean;
  /**
   * The party that computes checksums of writes. `crc32`: we do, for every write, which some S3-compatible stores
   * refuse. `by_store`: the store does, for the whole of every large file, without a request for its parts.
   * `when_required`: neither, unless S3 demands it; then files of every size are hashed in transit.
   */
  readonly checksum: 'when_required' | 'crc32' | 'by_store';
}

/**
 * Reads `S3_ENDPOINT`, `S3_PUBLIC_ENDPOINT`, `S3_BUCKET`, `AWS_REGION`, `S3_ADDRESSING` and `S3_CHECKSUM`.
 * With a custom endpoint the region defaults to `us-east-1` and the checksum to `when_required`; on AWS the region is
 * required and the checksum defaults to `crc32`.
 *
 * @throws BeatreelFailure `InvalidRequest` that names the variable, its value and the rule
 */
export function readS3Settings(env: Readonly<Record<string, string | undefined>>): S3Settings {
  const endpoint = readAddress(env, 'S3_ENDPOINT');
  const publicEndpoint = readAddress(env, 'S3_PUBLIC_ENDPOINT');
  return {
    endpoint,
    publicEndpoint,
    bucket: readBucket(env),
    region: readRegion(env, endpoint),
    forcePathStyle: readAddressing(env) ?? endpoint !== undefined,
    checksum: readChecksum(env, endpoint),
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

function readAddress(env: Environment, name: string): string | undefined {
  const text = env[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAddress =
    url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
  if (!isAddress || url.username !== '' || url.password !== '') {
    // Leave the value out: an address with a password in it would end up in a log.
    throw invalid(
      `${name} must be an address such as https://s3.example.com:9000, without query or password.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether the bucket goes into the path instead of the host name; undefined without a setting. */
function readAddressing(env: Environment): boolean | undefined {
  const text = env['S3_ADDRESSING']?.trim() ?? '';
  if (text === '') return undefined;
  if (text === 'path' || text === 'virtual') return text === 'path';
  throw invalid(
    `S3_ADDRESSING is "${text}". It must be "path" (s3.example.com/bucket) or "virtual" (bucket.s3.example.com).`,
  );
}

function readBucket(env: Environment): string {
  const bucket = env['S3_BUCKET']?.trim() ?? '';
  if (bucket === '')
    throw invalid('S3_BUCKET is not set. Set it to the name of the bucket that holds the videos.');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw invalid(`S3_BUCKET is "${bucket}". A bucket name has 3 to 63 of a-z, 0-9, "-" and ".".`);
  }
  return bucket;
}

function readRegion(env: Environment, endpoint: string | undefined): string {
  const region = env['AWS_REGION']?.trim() ?? '';
  if (region !== '') return region;
  if (endpoint !== undefined) return 'us-east-1';
  throw invalid(
    'AWS_REGION is not set. Set it to the region of the bucket, or set S3_ENDPOINT for another store.',
  );
}

function readChecksum(env: Environment, endpoint: string | undefined): S3Settings['checksum'] {
  const text = env['S3_CHECKSUM']?.trim() ?? '';
  if (text === '') return endpoint === undefined ? 'crc32' : 'when_required';
  if (text === 'crc32' || text === 'when_required' || text === 'by_store') return text;
  throw invalid(`S3_CHECKSUM is "${text}". It must be "when_required", "by_store" or "crc32".`);
}

function invalid(message: string): BeatreelFailure {
  return new BeatreelFailure(failureTypes.invalidRequest, message);
}
