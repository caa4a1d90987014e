import { setTimeout as pause } from 'node:timers/promises';
import { type FailureType, failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { discard, safeGet, type SafeResponse } from '../safe-request.ts';
import { isDataAddress, readDataAddress } from './data-address.ts';
import { type ByteRange, readAnswer, type SourceAnswer } from './source-answer.ts';
import { SourceChanged, SourceFailure, unusable } from './transfer-errors.ts';
import type { TransferContext } from './transfer-request.ts';

/** A file of several parts that its source serves by ranges of one version. */
export interface RangedFile {
  readonly source: Source;
  readonly etag: string;
  readonly totalBytes: number;
}

/** The file at the host, independent of its current address. */
export interface Source {
  /**
   * Asks for the file, or for a range of the version with that ETag. Renews the address once when it has expired, and
   * asks again after connection errors, 408, 429 and 5xx.
   *
   * @throws SourceChanged when the version is gone; BeatreelFailure `PaidAndLost` when the host no longer has the file
   */
  open(ask: SourceAsk): Promise<SourceAnswer>;
}

/** A request to the source. */
export interface SourceAsk {
  readonly range?: ByteRange;
  readonly etag?: string;
}

const expiredStatuses = [401, 403, 404, 410];
const busyStatuses = [408, 425, 429];

/** Creates the source and opens nothing yet; the first `open` asks for the address. */
export function createSource({ reader, request, limits, signal }: TransferContext): Source {
  const addresses = createAddressBook(request.resolveAddress);

  async function get(address: string, ask: SourceAsk): Promise<SafeResponse> {
    const { range, etag } = ask;
    if (isDataAddress(address)) {
      if (reader.policy.admitsData !== true) throw refusedData();
      return readDataAddress(address, request.expect);
    }
    return safeGet(reader, {
      address,
      idleTimeoutMs: limits.idleTimeoutMs,
      signal,
      range,
      ifMatch: etag,
    });
  }

  async function getWithFreshAddress(ask: SourceAsk): Promise<SafeResponse> {
    const address = await addresses.current();
    const response = await get(address, ask);
    if (!expiredStatuses.includes(response.statusCode)) return response;
    discard(response.body);
    return get(await addresses.renew(address), ask);
  }

  return {
    open: (ask) =>
      withReconnects({ limits, signal }, async () => {
        const response = await getWithFreshAddress(ask);
        if (response.statusCode === 200 || response.statusCode === 206) return readAnswer(response, ask);
        discard(response.body);
        throw statusFailure(response, ask);
      }),
  };
}

async function withReconnects<T>(
  { limits, signal }: { limits: TransferContext['limits']; signal: AbortSignal },
  read: () => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      if (failures >= limits.reconnects) throw asInterrupted(error, failures + 1);
    }
    await pause(limits.reconnectPauseMs * 2 ** failures, undefined, { signal });
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof SourceChanged) return false;
  return !(error instanceof BeatreelFailure) || error.type === failureTypes.providerUnavailable;
}

function asInterrupted(error: unknown, tries: number): BeatreelFailure {
  if (error instanceof BeatreelFailure) return error;
  const { code, name = 'an unknown error' } = (error ?? {}) as {
    readonly code?: unknown;
    readonly name?: string;
  };
  const reason = typeof code === 'string' ? code : name;
  const finding = `Reading from the host failed ${tries} times, last with ${reason}.`;
  return new SourceFailure(failureTypes.providerUnavailable, finding, { code: reason, cause: error });
}

function statusFailure({ statusCode, host }: SafeResponse, { range }: SourceAsk): Error {
  const answered = `${host} answered ${statusCode}`;
  const failed = (type: FailureType, text: string) => new SourceFailure(type, text, { status: statusCode });
  if (statusCode === 412) return new SourceChanged('its ETag is another one');
  // An empty file has no range to serve.
  if (statusCode === 416 && range?.start === 0) return unusable(`${host} delivered a file of 0 bytes.`);
  if (statusCode === 416) return new SourceChanged('the range asked for lies beyond its end');
  if (statusCode === 404 || statusCode === 410) {
    const text = `${answered} for a file we paid for, also under a fresh address: it no longer has it.`;
    return failed(failureTypes.paidAndLost, text);
  }
  if (statusCode === 401 || statusCode === 403)
    return failed(failureTypes.providerUnavailable, `${answered}, also under a fresh address.`);
  if (statusCode >= 500 || busyStatuses.includes(statusCode))
    return failed(failureTypes.providerUnavailable, `${answered} to a download.`);
  return failed(failureTypes.artifactMissing, `${answered} to a download, which no retry will change.`);
}

/** Names no part of the address, because the address is the file. */
function refusedData(): BeatreelFailure {
  return new BeatreelFailure(
    failureTypes.invalidRequest,
    'Refused to read a data address: give the address of a file instead.',
  );
}

/** Remembers the address, and renews an expired one once for all its readers. */
function createAddressBook(resolveAddress: () => Promise<string>) {
  let known: Promise<string> | undefined;
  const ask = () => {
    const asked = resolveAddress();
    known = asked;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  };
  return {
    current: () => known ?? ask(),
    renew: async (expired: string) => {
      const current = known === undefined ? undefined : await known;
      return current === undefined || current === expired ? ask() : current;
    },
  };
}
