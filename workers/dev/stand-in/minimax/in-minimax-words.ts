import { ZodError, prettifyError } from 'zod';

import { ApiProblem } from '../http/api-problem.ts';
import { type Exchange, sendJson } from '../http/exchange.ts';

/** MiniMax's codes by the HTTP status that Replicate would send. */
const codesByStatus: Readonly<Record<number, number>> = {
  400: 2013,
  401: 1004,
  402: 1008,
  404: 2013,
  413: 2013,
  422: 2013,
  429: 1002,
};

/** The part that every success carries. */
export const fine = { base_resp: { status_code: 0, status_msg: 'success' } };

/** A refusal as MiniMax answers it. */
export function refused(code: number, message: string): { readonly base_resp: object } {
  return { base_resp: { status_code: code, status_msg: message } };
}

/** Turns refusals into answers with HTTP status 200, as MiniMax does; trouble of the server stays 5xx. */
export async function inMinimaxWords(exchange: Exchange, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch (error) {
    const problem = error instanceof ZodError ? invalid(prettifyError(error)) : error;
    const code = problem instanceof ApiProblem ? codesByStatus[problem.status] : undefined;
    if (!(problem instanceof ApiProblem) || code === undefined) throw error;
    sendJson(exchange, refused(code, problem.message), { headers: problem.headers });
  }
}

function invalid(detail: string): ApiProblem {
  return new ApiProblem(422, 'Invalid request', { detail });
}
