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

/** A call and what its answer must say. */
interface MiniMaxCall<T> extends HttpCall {
  readonly schema: z.ZodType<T>;
}

interface Answered {
  readonly base_resp?: BaseResp;
}

/** An answer that could be read, and why the host refused, where it did. */
export interface ReadAnswer<T> {
  readonly value: T;
  readonly refusal: BeatreelFailure | undefined;
}

/** The calls we make to MiniMax's API. Never retries: that is decided in one place, outside. */
export class MiniMaxHttp {
  readonly #http: HostHttp;

  constructor(settings: MiniMaxSettings) {
    this.#http = new HostHttp(settings);
  }

  /** The clock of the host. */
  get clock(): ServerClock {
    return this.#http.clock;
  }

  /** A call that costs nothing, however often it is made. The caller decides what a refusal means. */
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

/** MiniMax itself says in an answer of 200 what it does not know: a 404 is that of something in between. */
function asPassing(refusal: BeatreelFailure): BeatreelFailure {
  return new BeatreelFailure(failureTypes.providerUnavailable, refusal.message, { cause: refusal });
}

/** The host's own trouble does not say whether it took the order. */
function asOrder(refusal: BeatreelFailure): Error {
  return refusal.type === failureTypes.providerUnavailable
    ? new LostAnswer(refusal.message, refusal)
    : refusal;
}
