import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { FormatRefused, type LanguageAnswer, type LanguageModel, type Question } from '../language-model.ts';
import { HostHttp, type HttpAnswer } from '../host-http.ts';
import { hostWords } from '../host-words.ts';
import { LostAnswer } from '../lost-answer.ts';
import { type ChatSettings, whyUnready } from './chat-settings.ts';
import { refusedInside } from '../refusal-words.ts';
import { readRefusal } from './read-refusal.ts';
import { completionSchema, modelsSchema, type WireCompletion } from './wire.ts';
import { writeRequest } from './write-request.ts';

/** The port, and the reads that only this kind of server has. */
export interface ChatCompletionsModel extends LanguageModel {
  /** Asks which models the key opens: a read that costs nothing. */
  listModels(): Promise<string[]>;
  close(): Promise<void>;
}

/** How long a model may think and write, in milliseconds. */
const answerTimeoutMs = 4 * 60_000;
/** The largest answer that is read; no model writes as much. */
const mostAnswerBytes = 4 * 1024 * 1024;

/**
 * Any server with OpenAI's `POST /chat/completions`.
 * Source of the calls: OpenAI's API reference, read 2026-11-24.
 */
export function createChatCompletionsModel(settings: ChatSettings): ChatCompletionsModel {
  const http = new HostHttp({ baseUrl: settings.baseUrl, token: settings.apiKey });
  return {
    whyUnready: () => whyUnready(settings),
    ask: async (question, signal) => {
      const attempt = `Asking ${question.model.model} for a storyboard`;
      const body = JSON.stringify(writeRequest(question));
      const headers = { 'content-type': 'application/json' };
      const call = { method: 'POST', path: '/chat/completions', attempt, headers, body } as const;
      const answer = await http
        .order({ ...call, signal, timeoutMs: answerTimeoutMs, mostBytes: mostAnswerBytes })
        .catch((error: unknown) => {
          // The video was cancelled or the worker is stopping: do not blame the server.
          signal.throwIfAborted();
          throw error;
        });
      return readAnswer(attempt, question, answer);
    },
    listModels: async () => {
      const attempt = 'Asking which models the key opens';
      const answer = await http.read({ method: 'GET', path: '/models', attempt });
      if (answer.status >= 300) throw readRefusal(attempt, answer);
      const parsed = modelsSchema.safeParse(parse(answer.body));
      if (parsed.success) return parsed.data.data.map(({ id }) => id);
      throw new BeatreelFailure(failureTypes.providerUnavailable, `${attempt}: the answer is not a list.`);
    },
    close: () => http.close(),
  };
}

/** Statuses of a gateway that gave up while the model goes on, which is billed. */
const gatewayGaveUp = [504, 520, 524];

function readAnswer(attempt: string, { format }: Question, answer: HttpAnswer): LanguageAnswer {
  if (gatewayGaveUp.includes(answer.status))
    throw new LostAnswer(`${attempt}: the server answered ${answer.status}.`, `status ${answer.status}`);
  const parsed = completionSchema.safeParse(parse(answer.body));
  // Routers answer 200 first and put the refusal of the server behind them into the body: nothing was billed.
  const status =
    answer.status >= 300 ? answer.status : parsed.success ? undefined : refusedInside(answer.body);
  if (status !== undefined) {
    const refusal = readRefusal(attempt, { ...answer, status });
    // Decided by the status alone, because every server words this differently.
    const isAboutTheRequest = refusal.type === failureTypes.invalidRequest && [400, 422].includes(status);
    throw isAboutTheRequest && format !== 'text' ? new FormatRefused(refusal.message) : refusal;
  }
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.'));
    throw new LostAnswer(`${attempt}: the answer cannot be read.`, `fields ${fields.join(', ')}`);
  }
  return readCompletion(attempt, parsed.data);
}

function readCompletion(attempt: string, { choices, usage }: WireCompletion): LanguageAnswer {
  const { message, finish_reason: ending } = choices[0] ?? { message: {} };
  const refused = message.refusal ?? '';
  if (refused !== '' || ending === 'content_filter') {
    const reason = refused === '' ? 'its content filter stopped the answer' : `the model refused: ${refused}`;
    throw new BeatreelFailure(failureTypes.contentRejected, `${attempt}: ${hostWords(reason)}`);
  }
  const inputTokens = usage?.prompt_tokens;
  const outputTokens = usage?.completion_tokens;
  const isCounted = typeof inputTokens === 'number' && typeof outputTokens === 'number';
  return {
    text: message.content ?? '',
    isCut: ending === 'length',
    ...(isCounted ? { usage: { inputTokens, outputTokens } } : {}),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
