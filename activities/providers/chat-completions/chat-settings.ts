import { type Environment, readVariable } from '../../runtime/read-variable.ts';

/**
 * Reads `OPENAI_BASE_URL` (default OpenAI's own) and `OPENAI_API_KEY`. What is missing or wrong is said when somebody
 * asks for a planner that needs it, and not before.
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
  /** Not needed by servers of one's own. */
  readonly apiKey: string | undefined;
}

/** Why a planner cannot be asked with these settings, naming the variable; undefined when it can. */
export function whyUnready({ baseUrl, apiKey }: ChatSettings): string | undefined {
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    return 'OPENAI_BASE_URL of the workers is no http or https address, and storyboards are asked for there';
  }
  if (apiKey !== undefined || baseUrl !== openAiBaseUrl) return undefined;
  return `OPENAI_API_KEY is not set on the workers, which send it to ${openAiBaseUrl} to have a storyboard written`;
}
