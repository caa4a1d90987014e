import type { ChatSettings } from '../../activities/providers/chat-completions/chat-settings.ts';
import { openAiBaseUrl } from '../../activities/providers/chat-completions/chat-settings.ts';
import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';

/**
 * Reads `OPENAI_BASE_URL` (default OpenAI's own) and `OPENAI_API_KEY`. What is missing or wrong is said when somebody
 * asks for a planner that needs it, and not before.
 */
export function readChatSettings(env: Environment): ChatSettings {
  const baseUrl = (readVariable(env, 'OPENAI_BASE_URL') ?? openAiBaseUrl).replace(/\/+$/, '');
  return { baseUrl, apiKey: readVariable(env, 'OPENAI_API_KEY') };
}
