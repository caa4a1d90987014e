import type { z } from 'zod';
import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { ServerClock } from '../../../domain/server-clock.ts';
import { type HostAddress, type HttpCall, HostHttp } from '../host-http.ts';
import { LostAnswer } from '../lost-answer.ts';
import { parseAnswer } from '../parse-answer.ts';
import { refusedInside } from '../refusal-words.ts';
import { readRefusal } from './read-refusal.ts';

/** Replicate's address; `baseUrl` ends in `/v1`. */
export type ReplicateSettings = HostAddress;

/** A call and the schema of its answer. */
export interface ReplicateCall<T> extends HttpCall {
  readonly schema: z.ZodType<T>;
}

/** The calls we make to Replicate's API. Never retries: callers decide on that. */
export class ReplicateHttp {
  readonly #http: HostHttp;

  constructor(settings: ReplicateSettings) {
    this.#http = new HostHttp(settings);
  }

  /** The clock of the host. */
  get clock(): ServerClock {
    return this.#http.clock;
  }

  /** A free call, which may be repeated. @returns undefined on 404 */
  async read<T>(call: ReplicateCall<T>): Promise<T | undefined> {
    const answer = await this.#http.read(call);
    if (answer.status === 404) return undefined;
    if (answer.status >= 300) throw readRefusal(call.attempt, answer);
    const parsed = await parseAnswer(call.schema, answer.body);
    if (parsed.ok) return parsed.value;
    const problem = `${call.attempt}: the answer is not what the host documents (${parsed.problem}).`;
    throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
  }

  /** A POST that spends. @throws LostAnswer when the host may have taken the order */
  async order<T>(call: ReplicateCall<T>): Promise<T> {
    const answer = await this.#http.order(call);
    if (answer.status >= 500) throw new LostAnswer(readRefusal(call.attempt, answer).message, answer.status);
    if (answer.status >= 300) throw readRefusal(call.attempt, answer);
    const parsed = await parseAnswer(call.schema, answer.body);
    if (parsed.ok) return parsed.value;
    // A router in between may refuse inside an answer of 200.
    const status = refusedInside(answer.body) ?? 500;
    if (status < 500) throw readRefusal(call.attempt, { ...answer, status });
    throw new LostAnswer(`${call.attempt}: the answer cannot be read.`, parsed.problem);
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}
