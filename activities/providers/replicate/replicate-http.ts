import { Readable } from 'node:stream';

import { Agent, request } from 'undici';
import type { z } from 'zod';

import { failureTypes } from '../../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../../runtime/failures.ts';
import { LostAnswer } from '../lost-answer.ts';
import { readRefusal } from './read-refusal.ts';

export interface ReplicateSettings {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly token: string | undefined;
}

export interface HttpCall<T> {
  readonly method: 'GET' | 'POST';
  /** Below the base address, with a leading slash; or a whole address for the next page of a list. */
  readonly path: string;
  readonly attempt: string;
  readonly schema: z.ZodType<T>;
  readonly headers?: Record<string, string>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  /** Default 15,000. */
  readonly timeoutMs?: number;
}

/** Errors after which nothing can have reached the host. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The longest answer that is read; a page of 100 predictions with data addresses in their input is the largest. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** The calls we make to Replicate's API. Never retries: that is decided in one place, outside. */
export class ReplicateHttp {
  readonly #settings: ReplicateSettings;
  readonly #reads = new Agent({ connections: 16, maxResponseSize: maxAnswerBytes });
  /** A fresh connection for each order: a stale one would make a lost answer out of nothing. */
  readonly #orders = new Agent({ pipelining: 0, connections: 16, maxResponseSize: maxAnswerBytes });

  constructor(settings: ReplicateSettings) {
    this.#settings = settings;
  }

  /** A call that costs nothing, however often it is made. @returns undefined on 404 */
  async read<T>(call: HttpCall<T>): Promise<T | undefined> {
    const answer = await this.#send(call, this.#reads).catch((error: unknown) => {
      if (error instanceof BeatreelFailure) throw error;
      throw new BeatreelFailure(failureTypes.providerUnavailable, `${call.attempt}: no answer.`, {
        cause: error,
      });
    });
    if (answer.status === 404) return undefined;
    if (answer.status >= 300) throw readRefusal(call.attempt, answer);
    const parsed = parseBody(call.schema, answer.body);
    if (!parsed.ok) {
      const problem = `${call.attempt}: the answer is not what the host documents (${parsed.problem}).`;
      throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
    }
    return parsed.value;
  }

  /** A POST that spends. @throws LostAnswer when the host may have taken the order */
  async order<T>(call: HttpCall<T>): Promise<T> {
    const answer = await this.#send(call, this.#orders).catch((error: unknown) => {
      const what = `${call.attempt}: no answer.`;
      if (neverSent.has(codeOf(error))) {
        throw new BeatreelFailure(failureTypes.providerUnavailable, what, { cause: error });
      }
      throw new LostAnswer(what, error);
    });
    if (answer.status >= 500)
      throw new LostAnswer(`${call.attempt}: the host answered ${answer.status}.`, answer.status);
    if (answer.status >= 300) throw readRefusal(call.attempt, answer);
    const parsed = parseBody(call.schema, answer.body);
    if (!parsed.ok) throw new LostAnswer(`${call.attempt}: the answer cannot be read.`, parsed.problem);
    return parsed.value;
  }

  async close(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#orders.destroy()]);
  }

  async #send<T>(call: HttpCall<T>, dispatcher: Agent) {
    const { baseUrl, token } = this.#settings;
    const timeoutMs = call.timeoutMs ?? 15_000;
    const response = await request(this.#resolve(call.path, baseUrl), {
      dispatcher,
      method: call.method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...call.headers,
      },
      body: typeof call.body === 'object' ? Readable.from(call.body) : (call.body ?? null),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const retryAfter = response.headers['retry-after'];
    return {
      status: response.statusCode,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      body: await response.body.text(),
    };
  }

  /** The token goes to the host alone, also where a page of a list names the next one. */
  #resolve(path: string, baseUrl: string): string {
    if (path.startsWith('/')) return `${baseUrl}${path}`;
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

function parseBody<T>(
  schema: z.ZodType<T>,
  body: string,
): { ok: true; value: T } | { ok: false; problem: string } {
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    if (parsed.success) return { ok: true, value: parsed.data };
    const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
    return { ok: false, problem: `fields ${fields.join(', ')}` };
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
