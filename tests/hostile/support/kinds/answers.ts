import type { HostileCall } from '../hostile-call.ts';
import { sendJson, sendText } from '../hostile-call.ts';
import type { Answer } from '../kind.ts';

/** The key of the account, which may leave no trace anywhere. */
export const canaryKey = 'r8_Canary/Key+4hat0pensThe=Account7';

/** Answers wrongly only the first times. */
export function firstTimes(times: number, wrong: Answer): Answer {
  return inCalls((nth) => nth <= times, wrong);
}

/** Answers wrongly only in some of the calls, counted from 1. */
export function inCalls(isMeant: (nth: number) => boolean, wrong: Answer): Answer {
  return (call) => {
    if (isMeant(call.nth)) return wrong(call);
    call.answerRightly();
  };
}

/** Takes the order and closes the connection without an answer. */
export const takeAndReset: Answer = ({ right, request }) => {
  right();
  request.socket.resetAndDestroy();
};

/** The right answer with some fields replaced. */
export function withFields(fields: Readonly<Record<string, unknown>>): Answer {
  return (call) => {
    sendJson(call, { ...call.right(), ...fields });
  };
}

/** Reports a success with this output. */
export function withOutput(output: unknown): Answer {
  return withFields({ status: 'succeeded', output });
}

/** Takes the order and answers with this text in place of JSON. */
export function takeAndSay(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer {
  return (call) => {
    call.right();
    sendText(call, body, { status: 201, headers });
  };
}

/** A refusal; nothing is taken. */
export function refuseWith(
  status: number,
  {
    detail = 'No.',
    headers = {},
  }: { readonly detail?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  return (call) => {
    sendText(call, JSON.stringify({ detail }), { status, headers });
  };
}

/** Delivers bytes as a file of some type. */
export function deliver(
  choose: Buffer | string | ((call: HostileCall) => Buffer),
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (call) => {
    const body = typeof choose === 'function' ? choose(call) : Buffer.from(choose);
    sendText(call, body, { headers: { 'content-type': contentType, ...headers } });
  };
}

export const errorPage = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

export const html = { 'content-type': 'text/html' };
