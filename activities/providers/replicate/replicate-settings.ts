import { type Environment, readVariable } from '../../runtime/read-variable.ts';
import type { ReplicateSettings } from './replicate-http.ts';

/** Replicate's own address. Source: its OpenAPI file, read 2026-11-22. */
const replicateBaseUrl = 'https://api.replicate.com/v1';

/** The message where a token is needed and none is set. */
export const missingToken =
  'REPLICATE_API_TOKEN is not set. It is needed to order predictions at Replicate and to look at them; ' +
  'without a key, npm run dev and npm run demo use the local stand-in.';

/** Reads `REPLICATE_BASE_URL` and `REPLICATE_API_TOKEN`. @returns undefined when the token is missing */
export function readReplicateSettings(env: Environment): ReplicateSettings | undefined {
  const baseUrl = (readVariable(env, 'REPLICATE_BASE_URL') ?? replicateBaseUrl).replace(/\/+$/, '');
  const token = readVariable(env, 'REPLICATE_API_TOKEN');
  return token === undefined && baseUrl === replicateBaseUrl ? undefined : { baseUrl, token };
}
