import { S3ServiceException } from '@aws-sdk/client-s3';
import { type FailureType, failureTypes } from '../domain/failure-types.ts';
import { describeSkew, ServerClock } from '../domain/server-clock.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';

/** One call to the store, as its failure message names it. */
export interface StorageAttempt {
  /** First half of a sentence that ends in "failed", e.g. `Reading videos/a/brief.json`. */
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call to the store and turns its error into a `BeatreelFailure`.
 * Throws an aborted signal's own reason unchanged: cancellation is never wrapped.
 */
export async function storageCall<T>({ doing, signal }: StorageAttempt, call: () => Promise<T>): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await call();
  } catch (error) {
    if (error instanceof BeatreelFailure) throw error;
    signal?.throwIfAborted();
    throw toStorageFailure(error, doing);
  }
}

/** The failure of a list that starts over instead of advancing. @param what continues "Listing" */
export function endlessList(what: string): BeatreelFailure {
  const text = `Listing ${what} failed: the object store answers the same page again and again.`;
  return new BeatreelFailure(failureTypes.providerUnavailable, text);
}

/** The HTTP status of the store's answer; undefined without an answer. */
export function storageStatus(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** True when the object does not exist. A missing bucket is not a missing object. */
export function isMissingObject(error: unknown): boolean {
  return storageStatus(error) === 404 && !hasName(error, ['NoSuchBucket', 'NoSuchUpload']);
}

/** For calls about a multipart upload: true when the store no longer knows it, whatever its error code. */
export function isMissingUpload(error: unknown): boolean {
  return hasName(error, ['NoSuchUpload']) || isMissingObject(error);
}

/** True when the store does not support the call or a header: status 501, whatever its error code. */
export function isNotImplemented(error: unknown): boolean {
  return storageStatus(error) === 501 || hasName(error, ['NotImplemented']);
}

/** True when a conditional write did not find the state it asked for. */
export function isConflict(error: unknown): boolean {
  const status = storageStatus(error);
  return status === 412 || status === 409;
}

/** S3 answers these with 400 although a repeated request can succeed. */
const transientNames = [
  'RequestTimeout',
  'IncompleteBody',
  'BadDigest',
  'XAmzContentSHA256Mismatch',
  'InternalError',
  'SlowDown',
];
const credentialNames = [
  'CredentialsProviderError',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
];

function toStorageFailure(error: unknown, doing: string): BeatreelFailure {
  const name = error instanceof Error ? error.name : typeof error;
  const status = storageStatus(error);
  const skew = describeSkew('the object store', clockOf(error));
  const answer =
    status === undefined
      ? `the object store gave no usable answer (${codeOf(error) ?? name}${sentenceOf(error)})`
      : `the object store answered ${status} ${name}${sentenceOf(error)}`;
  const reason = hasName(error, ['NoSuchBucket'])
    ? `${doing} failed: there is no ${storeOf(error)}. Create it, or set S3_BUCKET and S3_ENDPOINT.`
    : `${doing} failed: ${answer}.`;
  return new BeatreelFailure(failureTypeOf(error), skew === undefined ? reason : `${reason} ${skew}`, {
    cause: error,
  });
}

/** The store's own message, short and in one line; empty where it only repeats the code. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const text = error.message
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, mostSentence);
  const isSaid = text.includes(' ') && !text.startsWith(error.name);
  return isSaid ? `, "${text.replace(/\.$/, '')}"` : '';
}

/** Error code of the network or of the SDK, such as `ECONNRESET`. */
function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** The longest part of a store's message that we keep, in characters. */
const mostSentence = 300;

/** The bucket and its endpoint, as the client notes them on every refusal. */
function storeOf(error: unknown): string {
  const { store } = error as { readonly store?: string };
  return store ?? 'such bucket';
}

/** The store's clock at a refusal: signed requests depend on the time. */
function clockOf(error: unknown): ServerClock {
  const clock = new ServerClock();
  if (storageStatus(error) === 403) clock.hear(dateOf(error));
  return clock;
}

/** The `Date` header of the answer behind an SDK error. */
export function dateOf(error: unknown): string | undefined {
  const { $response } = error as { readonly $response?: { readonly headers?: Record<string, string> } };
  return $response?.headers?.['date'];
}

function failureTypeOf(error: unknown): FailureType {
  const status = storageStatus(error);
  if (isNotImplemented(error)) return failureTypes.invalidRequest;
  if (hasName(error, credentialNames) || status === 401 || status === 403) return failureTypes.storeRefused;
  if (
    hasName(error, transientNames) ||
    status === undefined ||
    status >= 500 ||
    status === 408 ||
    status === 429
  ) {
    return failureTypes.providerUnavailable;
  }
  if (isMissingObject(error)) return failureTypes.artifactMissing;
  if (isMissingUpload(error)) return failureTypes.providerUnavailable;
  return failureTypes.invalidRequest;
}

function hasName(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
