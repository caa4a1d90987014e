import { Agent, request } from 'undici';

import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { keepSecret } from '../../runtime/secrets.ts';
import { LostAnswer } from '../lost-answer.ts';
import { wasNeverSent } from '../never-sent.ts';
import type { ChatSettings } from './chat-settings.ts';

/** An answer, whatever its status. */
export interface ChatAnswer {
  readonly status: number;
  /** The first of each name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface ChatCall {
  readonly method: 'GET' | 'POST';
  /** Below the base address, with a leading slash. */
  readonly path: string;
  readonly attempt: string;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The longest answer that is read: more than any model writes. */
const maxAnswerBytes = 4 * 1024 * 1024;

/** The calls we make to such a server. Never retries, follows no redirect: the key goes to the address given alone. */
export class ChatHttp {
  readonly #settings: ChatSettings;
  /** A fresh connection for each question: a stale one would make a lost answer out of nothing. */
  readonly #agent = new Agent({ pipelining: 0, connections: 16, maxResponseSize: maxAnswerBytes });

  constructor(settings: ChatSettings) {
    this.#settings = settings;
    keepSecret(settings.apiKey);
  }

  /** @throws LostAnswer when the question went out and no whole answer came */
  async send(call: ChatCall): Promise<ChatAnswer> {
    try {
      return await this.#send(call);
    } catch (error) {
      // The video was cancelled, or the worker goes away: that is no failure of the server.
      if (call.signal.aborted) throw error;
      const what = `${call.attempt}: no answer.`;
      if (!wasNeverSent(error)) throw new LostAnswer(what, error);
      throw new BeatreelFailure(failureTypes.providerUnavailable, what, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #send({ method, path, body, timeoutMs, signal }: ChatCall): Promise<ChatAnswer> {
    const { baseUrl, apiKey } = this.#settings;
    const response = await request(`${baseUrl}${path}`, {
      dispatcher: this.#agent,
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: body ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const headers = Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value[0] : value,
    ]);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(headers) as ChatAnswer['headers'],
      body: await response.body.text(),
    };
  }
}
