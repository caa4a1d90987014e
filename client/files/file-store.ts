import type { ObjectStore } from '../../storage/object-store.ts';
import type { S3Settings } from '../../storage/s3-settings.ts';
import { LocalFileFailure } from '../../storage/local-file-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelError } from '../errors/beatreel-error.ts';
import { FileDamaged } from '../errors/file-damaged.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';
import { RequestFailed } from '../errors/request-failed.ts';
import { ServerUnreachable } from '../errors/server-unreachable.ts';

/** The bucket, opened at the first use: most commands never need it. */
export class FileStore {
  #settings: S3Settings | undefined;
  #store: ObjectStore | undefined;

  /** @param settings default: those of the environment, read at the first use */
  constructor(settings: S3Settings | undefined) {
    this.#settings = settings;
  }

  /**
   * Works with the bucket, and turns errors of the storage into errors of the client.
   *
   * @throws ServerUnreachable, InvalidSettings, FileDamaged, RequestFailed
   */
  async use<T>(work: (store: ObjectStore) => Promise<T>): Promise<T> {
    try {
      this.#store ??= await this.#open();
      return await work(this.#store);
    } catch (error) {
      throw this.#toClientError(error);
    }
  }

  close(): void {
    this.#store?.close();
    this.#store = undefined;
  }

  async #open(): Promise<ObjectStore> {
    // Load the AWS SDK only when needed: it takes half a second.
    const { createObjectStore } = await import('../../storage/object-store.ts');
    const { readS3Settings } = await import('../../storage/s3-settings.ts');
    this.#settings ??= readS3Settings(process.env);
    return createObjectStore(this.#settings);
  }

  #toClientError(error: unknown): unknown {
    const type = storageFailureType(error);
    if (error instanceof BeatreelError || type === undefined) return error;
    const { message } = error as Error;
    if (error instanceof LocalFileFailure)
      return new InvalidSettings(`${message} Make room, or name another place.`, { cause: error });
    const { endpoint, bucket } = this.#settings ?? {};
    const place = `bucket ${bucket ?? '(none)'} at ${endpoint ?? 'AWS'}`;
    switch (type) {
      case failureTypes.providerUnavailable: {
        const text = `${message} Tried ${place}. Start it (npm run dev), or set S3_ENDPOINT and S3_BUCKET to yours.`;
        return new ServerUnreachable('S3', text, { cause: error });
      }
      case failureTypes.storeRefused: {
        const text = `${message} The credentials for ${place} are refused: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`;
        return new InvalidSettings(text, { cause: error });
      }
      case failureTypes.artifactMissing:
        return new FileDamaged(message, { cause: error });
      case failureTypes.invalidRequest:
        return new InvalidSettings(
          bucket === undefined || message.includes(bucket)
            ? message
            : `${message} Tried ${place}; set S3_BUCKET.`,
          {
            cause: error,
          },
        );
      default:
        return new RequestFailed(message, { cause: error });
    }
  }
}

/** The type of a storage failure; undefined for any other error. */
export function storageFailureType(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('type' in error) || error.name !== error.type) return undefined;
  return error.name;
}
