import { type Environment, readVariable } from '../../runtime/read-variable.ts';

/**
 * Reads `OPENAI_BASE_URL` (default OpenAI's own) and `OPENAI_API_KEY`. Missing or wrong settings are reported only when
 * a brief asks for a planner that needs them.
 */
export function readChatSettings(env: Environment): ChatSettings {
  const baseUrl = (readVariable(env, 'OPENAI_BASE_URL') ?? openAiBaseUrl).replace(/\/+$/, '');
  return { baseUrl, apiKey: readVariable(env, 'OPENAI_API_KEY') };
}

/** OpenAI's own address. Source: its API reference, read 2026-11-24. */
export const openAiBaseUrl = 'https://api.openai.com/v1';

export interface ChatSettings {
  /** Usually ends in `/v1`; without a slash at the end. */
  readonly baseUrl: string;
  /** Undefined where none is set; private servers need none. */
  readonly apiKey: string | undefined;
}

/** The reason why these settings cannot ask a planner, naming the variable; undefined when they can. */
export function whyUnready({ baseUrl, apiKey }: ChatSettings): string | undefined {
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    return 'OPENAI_BASE_URL of the workers is not an http or https address, and storyboards are asked for there';
  }
  if (apiKey !== undefined || baseUrl !== openAiBaseUrl) return undefined;
  return `OPENAI_API_KEY is not set on the workers, which send it to ${openAiBaseUrl} to have a storyboard written`;
}
