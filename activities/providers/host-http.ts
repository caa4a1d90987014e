import { Readable } from 'node:stream';

import { type Dispatcher, request } from 'undici';

import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { clampWaitMs, readNumber, readRetryAfterMs } from '../../domain/outside-numbers.ts';
import { ServerClock } from '../../domain/server-clock.ts';
import { openDispatcher } from '../../storage/proxy.ts';
import { userAgent } from '../../storage/user-agent.ts';
import { keepSecret } from '../runtime/secrets.ts';
import { LostAnswer } from './lost-answer.ts';
import { wasNeverSent } from './never-sent.ts';
import { JsonShortener } from './shorten-json.ts';

/** A host's address, and the token of the account there. */
export interface HostAddress {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  /** The longest that any call may take, in milliseconds. Default: each call's own time-out. */
  readonly longestCallMs?: number;
}

/** One HTTP call to a host. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** Below the base address, with a leading slash; or a whole address of the same origin. */
  readonly path: string;
  /** The attempt in words, for messages, e.g. `Ordering a prediction of owner/name`. */
  readonly attempt: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  /** Ends the call early. */
  readonly signal?: AbortSignal | undefined;
  /** Time to the last byte of the answer, in milliseconds. Default 15,000. */
  readonly timeoutMs?: number;
  /** The longest answer to an order. Default: that of an id. */
  readonly mostBytes?: number;
}

/** An HTTP answer of any status. */
export interface HttpAnswer {
  readonly status: number;
  /** The delay that the host asks for, in milliseconds, an hour at most; undefined where it names none. */
  readonly retryAfterMs: number | undefined;
  readonly body: string;
}

/** The longest answer to a look: outputs and inputs may be `data:` addresses, and logs are long. */
const mostLookBytes = 64 * 1024 * 1024;
/**
 * The longest answer to an order, unless the call says otherwise, and the longest refusal: an id, or a few sentences.
 */
const mostOtherBytes = 1024 * 1024;

/** HTTP to a host: bounded, no redirects, no retries. Each adapter interprets the answers. */
export class HostHttp {
  readonly #address: HostAddress;
  /** The host's clock. */
  readonly clock = new ServerClock();
  readonly #reads = openDispatcher({ connections: 16, maxResponseSize: mostLookBytes });
  /** Opens a fresh connection for each order, because a stale one would lose the answer of an order never sent. */
  readonly #orders = openDispatcher({ pipelining: 0, connections: 16, maxResponseSize: mostLookBytes });

  constructor(address: HostAddress) {
    this.#address = address;
    keepSecret(address.token);
  }

  /**
   * A call that costs nothing, however often it is made. @throws BeatreelFailure ProviderUnavailable without an answer
   */
  async read(call: HttpCall): Promise<HttpAnswer> {
    return this.#send(call, { dispatcher: this.#reads, mostBytes: mostLookBytes }).catch((error: unknown) => {
      if (error instanceof BeatreelFailure) throw error;
      throw new BeatreelFailure(failureTypes.providerUnavailable, describeLoss(call, error), {
        cause: error,
      });
    });
  }

  /** A POST that spends. @throws LostAnswer when the host may have taken the order */
  async order(call: HttpCall): Promise<HttpAnswer> {
    const { mostBytes = mostOtherBytes } = call;
    return this.#send(call, { dispatcher: this.#orders, mostBytes }).catch((error: unknown) => {
      const what = describeLoss(call, error);
      if (wasNeverSent(error)) {
        throw new BeatreelFailure(failureTypes.providerUnavailable, what, { cause: error });
      }
      throw new LostAnswer(what, error);
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#orders.destroy()]);
  }

  async #send(call: HttpCall, { dispatcher, mostBytes }: Sending): Promise<HttpAnswer> {
    const { token, longestCallMs = Infinity } = this.#address;
    const timeoutMs = Math.min(call.timeoutMs ?? 15_000, longestCallMs);
    const response = await request(this.#resolve(call.path), {
      dispatcher,
      method: call.method,
      headers: {
        accept: 'application/json',
        'user-agent': userAgent,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...call.headers,
      },
      body: typeof call.body === 'object' ? Readable.from(call.body) : (call.body ?? null),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(call.signal ? [call.signal] : [])]),
    });
    this.clock.hear([response.headers['date']].flat()[0]);
    return {
      status: response.statusCode,
      retryAfterMs: readDelayMs(response.headers),
      body: await readText(response, mostBytes),
    };
  }

  /** Resolves a path, and refuses other origins, so that a list's `next` cannot send the token elsewhere. */
  #resolve(path: string): string {
    const { baseUrl } = this.#address;
    if (path.startsWith('/')) return `${baseUrl}${path}`;
    if (!URL.canParse(path))
      throw new BeatreelFailure(
        failureTypes.providerUnavailable,
        'The host named a next page that is not an address.',
      );
    const next = new URL(path);
    if (next.origin !== new URL(baseUrl).origin) {
      throw new BeatreelFailure(
        failureTypes.providerUnavailable,
        `The host named a next page at ${next.origin}, which is not the host.`,
      );
    }
    return path;
  }
}

/** `Retry-After`, or the same in milliseconds, as servers of language models write it. */
function readDelayMs(headers: Dispatcher.ResponseData['headers']): number | undefined {
  const [delayMs, retryAfter] = [headers['retry-after-ms'], headers['retry-after']].map(
    (value) => [value].flat()[0],
  );
  const askedMs = readNumber(delayMs);
  return askedMs === undefined ? readRetryAfterMs(retryAfter) : clampWaitMs(askedMs);
}

/** Describes a lost answer: too large to read, or none at all. */
function describeLoss({ attempt }: HttpCall, error: unknown): string {
  return error instanceof RangeError ? `${attempt}: ${error.message}` : `${attempt}: no answer.`;
}

interface Sending {
  readonly dispatcher: Dispatcher;
  /** The most bytes of a success's body. */
  readonly mostBytes: number;
}

/** Reads the body of an answer. An overlong refusal is left out, because its status is enough. */
async function readText(
  { statusCode, body }: Dispatcher.ResponseData,
  mostSuccessBytes: number,
): Promise<string> {
  const isSuccess = statusCode < 300;
  const mostBytes = isSuccess ? mostSuccessBytes : mostOtherBytes;
  const shortener = new JsonShortener();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.byteLength;
    // Leaving the loop closes the connection.
    if (size > mostBytes && isSuccess) throw new RangeError(`the answer has more than ${mostBytes} bytes.`);
    if (size > mostBytes) return '';
    parts.push(shortener.push(part));
  }
  return Buffer.concat(parts).toString('utf8');
}
