import { randomUUID } from 'node:crypto';

import { answerWithFaults, type Reply } from '../faults/apply-request-faults.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { Fault } from '../faults/fault-schema.ts';
import { ApiProblem } from '../http/api-problem.ts';
import { type Exchange, readJson, sendJson } from '../http/exchange.ts';
import type { Route } from '../http/stand-in-server.ts';
import type { ChatLog } from './chat-log.ts';
import { type ChatRequest, chatRequestSchema } from './chat-request.ts';
import { whyFormatRefused } from './check-format.ts';
import { writeAnswer } from './write-answer.ts';
import { writeStoryboard } from './write-storyboard.ts';

/** The parts of the language model's routes. */
export interface ChatRouteParts {
  readonly chats: ChatLog;
  readonly faults: FaultScript;
}

/** Routes of a language model that plans videos, and of the list of models, as in OpenAI's API. */
export function chatRoutes(parts: ChatRouteParts): Route[] {
  return [
    { method: 'POST', path: '/v1/chat/completions', handle: (exchange) => complete(exchange, parts) },
    { method: 'GET', path: '/v1/models', handle: listModels },
  ];
}

function listModels(exchange: Exchange): void {
  const models = ['gpt-5-mini', 'gpt-5.4-mini'];
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'stand-in' }));
  sendJson(exchange, { object: 'list', data });
}

async function complete(exchange: Exchange, parts: ChatRouteParts): Promise<void> {
  try {
    const parsed = chatRequestSchema.safeParse(await readJson(exchange));
    if (!parsed.success) throw new ApiProblem(400, '', { detail: parsed.error.message });
    const answered = parts.chats.ask(parsed.data);
    const prompt = parsed.data.messages.map(({ content }) => content).join('\n');
    const subject = { kind: 'plan', model: parsed.data.model, input: { prompt } } as const;
    const faults = parts.faults.strike({ stage: 'request', operation: 'chat', subject });
    await answerWithFaults(exchange, faults, () => {
      const reply = answer(parsed.data, parts.faults.strike({ stage: 'chat', subject }), parts);
      answered();
      return reply;
    });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { status, headers } = error;
    sendJson(exchange, { error: toError(error) }, { status, headers });
  }
}

/** Codes of the API that say more than its status. */
const codes: Readonly<Record<number, string>> = { 401: 'invalid_api_key', 429: 'rate_limit_exceeded' };

function toError({ status, message }: ApiProblem) {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { message, type, param: null, code: codes[status] ?? null };
}

function answer(request: ChatRequest, faults: readonly Fault[], { chats }: ChatRouteParts): Reply {
  const { response_format: format, model } = request;
  for (const fault of faults) {
    if (fault.type !== 'refuseFormat' || !fault.formats.some((refused) => refused === format.type)) continue;
    throw new ApiProblem(fault.status, '', {
      detail: `response_format of type ${format.type} is unavailable`,
    });
  }
  const refused = whyFormatRefused(request);
  if (refused !== undefined) throw new ApiProblem(400, '', { detail: refused });
  const turn = faults.some(({ type }) => type === 'differentAnswer') ? chats.all().length : 0;
  const { content, refusal, ending } = writeAnswer(writeStoryboard(request, turn), format.type, faults);
  const message = { role: 'assistant', content, refusal };
  const usage = faults.some(({ type }) => type === 'noUsage')
    ? {}
    : { usage: countTokens(request, content ?? '') };
  return {
    body: {
      id: `chatcmpl-${randomUUID()}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1000),
      model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: ending }],
      ...usage,
    },
  };
}

/** Estimates tokens, at about four characters each. */
function countTokens({ messages }: ChatRequest, content: string) {
  const asked = messages.reduce((sum, message) => sum + message.content.length, 0);
  const [input, output] = [Math.ceil(asked / 4), Math.ceil(content.length / 4)];
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
