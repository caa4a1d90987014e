import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem } from '../http/api-problem.ts';
import { type Exchange, sendJson, toJson } from '../http/exchange.ts';
import type { Fault, FaultOf } from './fault-schema.ts';

/** The answer of a route. */
export interface Reply {
  readonly body: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Carries out a request and answers it, with faults before the act, or between the act and the answer. */
export async function answerWithFaults(
  exchange: Exchange,
  faults: readonly Fault[],
  act: () => Reply | Promise<Reply>,
): Promise<void> {
  for (const fault of faults) {
    if (await strikeBefore(exchange, fault)) return;
  }
  const reply = await act();
  for (const fault of faults) {
    if (await strikeAfter(exchange, fault, reply)) return;
  }
  sendJson(exchange, reply.body, {
    status: reply.status,
    headers: reply.headers,
  });
}

/** Whether the request ends here. Throws ApiProblem for an answer that refuses. */
async function strikeBefore(exchange: Exchange, fault: Fault): Promise<boolean> {
  const { request } = exchange;
  const refusal = refusalOf(fault);
  if (refusal !== undefined) throw refusal;
  if (fault.type === 'delayReply' && fault.when === 'before') await delay(fault.seconds);
  if (fault.type === 'wrongAnswer' && fault.when === 'before') return answerWrongly(exchange, fault);
  if (fault.type !== 'connectionReset') return false;
  request.socket.resetAndDestroy();
  return true;
}

async function strikeAfter(exchange: Exchange, fault: Fault, reply: Reply): Promise<boolean> {
  const { request, response } = exchange;
  if (fault.type === 'serverError' && fault.when === 'after') throw serverError(fault.status);
  if (fault.type === 'delayReply' && fault.when === 'after') await delay(fault.seconds);
  if (fault.type === 'loseReply') {
    request.socket.destroy();
    return true;
  }
  if (fault.type === 'wrongAnswer' && fault.when === 'after') return answerWrongly(exchange, fault);
  if (fault.type !== 'malformedJson') return false;
  const text = toJson(reply.body);
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
  response.end(text.slice(0, text.length / 2));
  return true;
}

function answerWrongly({ response }: Exchange, fault: FaultOf<'wrongAnswer'>): true {
  response.writeHead(fault.status, { 'content-type': fault.contentType });
  response.end(fault.body);
  return true;
}

function refusalOf(fault: Fault): ApiProblem | undefined {
  if (fault.type === 'throttle') return throttled(fault.retryAfterSeconds, fault.header);
  if (fault.type === 'serverError' && fault.when === 'before') return serverError(fault.status);
  if (fault.type === 'unauthorized') {
    return new ApiProblem(401, 'Unauthenticated', {
      detail: 'You did not pass a valid authentication token',
    });
  }
  if (fault.type === 'insufficientCredit') {
    const detail =
      'You have insufficient credit to run this model. Add credit to your account and try again.';
    return new ApiProblem(402, 'Insufficient credit', { detail });
  }
  if (fault.type !== 'invalid') return undefined;
  return invalidInput([{ type: 'invalid', field: 'input.prompt', description: 'prompt cannot be used' }]);
}

function delay(seconds: number): Promise<void> {
  return sleep(seconds * 1000, undefined, { ref: false });
}

/** The refusal of an input the model cannot run. */
export function invalidInput(
  invalidFields: readonly { type: string; field: string; description: string }[],
): ApiProblem {
  const detail = invalidFields.map(({ field, description }) => `- ${field}: ${description}\n`).join('');
  return new ApiProblem(422, 'Input validation failed', { detail, invalidFields });
}

/** The refusal of a request that came too soon, in the words of the host. */
export function throttled(retryAfterSeconds: number, header: boolean): ApiProblem {
  const wait = Math.ceil(retryAfterSeconds);
  return new ApiProblem(429, '', {
    detail: `Request was throttled. Your rate limit resets in ~${wait}s.`,
    ...(header ? { headers: { 'retry-after': String(wait) } } : {}),
  });
}

function serverError(status: number): ApiProblem {
  return new ApiProblem(status, '', { detail: 'A server error occurred.' });
}
