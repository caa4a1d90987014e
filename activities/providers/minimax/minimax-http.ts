import type { z } from 'zod';
import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { ServerClock } from '../../../domain/server-clock.ts';
import { type HttpAnswer, type HttpCall, HostHttp } from '../host-http.ts';
import { LostAnswer } from '../lost-answer.ts';
import { parseAnswer } from '../parse-answer.ts';
import type { MiniMaxSettings } from './minimax-settings.ts';
import { readCodeRefusal, readStatusRefusal } from './read-refusal.ts';
import type { BaseResp } from './wire.ts';

/** A call and the schema of its answer. */
interface MiniMaxCall<T> extends HttpCall {
  readonly schema: z.ZodType<T>;
}

interface Answered {
  readonly base_resp?: BaseResp;
}

/** A parsed answer, and the host's refusal, if any. */
export interface ReadAnswer<T> {
  readonly value: T;
  readonly refusal: BeatreelFailure | undefined;
}

/** The calls we make to MiniMax's API. Never retries: callers decide on that. */
export class MiniMaxHttp {
  readonly #http: HostHttp;

  constructor(settings: MiniMaxSettings) {
    this.#http = new HostHttp(settings);
  }

  /** The clock of the host. */
  get clock(): ServerClock {
    return this.#http.clock;
  }

  /** A free call, which may be repeated. The caller interprets a refusal. */
  async read<T extends Answered>(call: MiniMaxCall<T>): Promise<ReadAnswer<T>> {
    const answer = await this.#http.read(call);
    if (answer.status === 404) throw asPassing(readStatusRefusal(call.attempt, answer));
    if (answer.status >= 300) throw readStatusRefusal(call.attempt, answer);
    const parsed = await parseAnswer(call.schema, answer.body, { lossless: true });
    if (parsed.ok) return { value: parsed.value, refusal: refusalOf(call, parsed.value, answer) };
    const problem = `${call.attempt}: the answer is not what the host documents (${parsed.problem}).`;
    throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
  }

  /** A POST that spends. @throws LostAnswer when the host may have taken the order */
  async order<T extends Answered>(call: Omit<MiniMaxCall<T>, 'method' | 'headers'>): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const answer = await this.#http.order({ ...call, method: 'POST', headers });
    if (answer.status >= 300) throw asOrder(readStatusRefusal(call.attempt, answer));
    const parsed = await parseAnswer(call.schema, answer.body, { lossless: true });
    if (!parsed.ok) throw new LostAnswer(`${call.attempt}: the answer cannot be read.`, parsed.problem);
    const refusal = refusalOf(call, parsed.value, answer);
    if (refusal) throw asOrder(refusal);
    return parsed.value;
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

function refusalOf(
  { attempt }: { readonly attempt: string },
  value: Answered,
  answer: HttpAnswer,
): BeatreelFailure | undefined {
  return readCodeRefusal(attempt, value.base_resp, answer);
}

/** Treats a 404 as passing: MiniMax reports unknown ids inside an answer of 200, so a 404 comes from a proxy. */
function asPassing(refusal: BeatreelFailure): BeatreelFailure {
  return new BeatreelFailure(failureTypes.providerUnavailable, refusal.message, { cause: refusal });
}

/** Treats the host's own trouble as a lost answer: it does not tell whether the host took the order. */
function asOrder(refusal: BeatreelFailure): Error {
  return refusal.type === failureTypes.providerUnavailable
    ? new LostAnswer(refusal.message, refusal)
    : refusal;
}
