import { S3ServiceException } from '@aws-sdk/client-s3';
import { type FailureType, failureTypes } from '../domain/failure-types.ts';
import { describeSkew, ServerClock } from '../domain/server-clock.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';

/** One call to the store, for the sentence of its failure. */
export interface StorageAttempt {
  /** Continues "… failed", e.g. `Reading videos/a/brief.json`. */
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call to the store and turns what it throws into a `BeatreelFailure`.
 * An aborted signal's own reason is thrown as it is: cancellation is never wrapped.
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

/** A store whose list begins anew where it should go on. @param what continues "Listing" */
export function endlessList(what: string): BeatreelFailure {
  const text = `Listing ${what} failed: the object store answers the same page again and again.`;
  return new BeatreelFailure(failureTypes.providerUnavailable, text);
}

/** The HTTP status the store answered with, or undefined when it did not answer. */
export function storageStatus(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** True when the store says that there is no such object. A missing bucket is not a missing object. */
export function isMissingObject(error: unknown): boolean {
  return storageStatus(error) === 404 && !hasName(error, ['NoSuchBucket', 'NoSuchUpload']);
}

/** Of calls about a multipart upload: true when the store no longer knows it, also where it does not say so by its code. */
export function isMissingUpload(error: unknown): boolean {
  return hasName(error, ['NoSuchUpload']) || isMissingObject(error);
}

/** True when the store has no such call, or no such header: 501, however it names it. */
export function isNotImplemented(error: unknown): boolean {
  return storageStatus(error) === 501 || hasName(error, ['NotImplemented']);
}

/** True when a conditional write found another state than it asked for. */
export function isConflict(error: unknown): boolean {
  const status = storageStatus(error);
  return status === 412 || status === 409;
}

/** S3 answers these with 400 although the same request can work the next time. */
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
      ? `there is no answer of the object store that can be used (${codeOf(error) ?? name}${sentenceOf(error)})`
      : `the object store answered ${status} ${name}${sentenceOf(error)}`;
  const reason = hasName(error, ['NoSuchBucket'])
    ? `${doing} failed: there is no ${storeOf(error)}. Create it, or set S3_BUCKET and S3_ENDPOINT.`
    : `${doing} failed: ${answer}.`;
  return new BeatreelFailure(failureTypeOf(error), skew === undefined ? reason : `${reason} ${skew}`, {
    cause: error,
  });
}

/** The store's own sentence, short and in one line; nothing where it only repeats the code. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const text = error.message
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, mostSentence);
  const isSaid = text.includes(' ') && !text.startsWith(error.name);
  return isSaid ? `, "${text.replace(/\.$/, '')}"` : '';
}

/** Of a network or of the SDK, such as `ECONNRESET`. */
function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** The most that is kept of what a store says. */
const mostSentence = 300;

/** Which bucket, and where, as the client notes it on every refusal. */
function storeOf(error: unknown): string {
  const { store } = error as { readonly store?: string };
  return store ?? 'such bucket';
}

/** What the refusal itself says of the store's clock: requests are signed with a time. */
function clockOf(error: unknown): ServerClock {
  const clock = new ServerClock();
  if (storageStatus(error) === 403) clock.hear(dateOf(error));
  return clock;
}

/** The `Date` header of the answer that an error of the SDK came from. */
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
