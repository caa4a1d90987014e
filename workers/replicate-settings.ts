import type { ReplicateSettings } from '../activities/providers/replicate/replicate-http.ts';
import { BeatreelFailure } from '../activities/runtime/failures.ts';
import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { Environment } from './read-variable.ts';
import { readVariable } from './read-variable.ts';

/** Replicate's own address. Source: its OpenAPI file, read 2026-11-22. */
const replicateBaseUrl = 'https://api.replicate.com/v1';

/** Reads `REPLICATE_BASE_URL` and `REPLICATE_API_TOKEN`. @throws BeatreelFailure InvalidRequest when the token is missing */
export function readReplicateSettings(env: Environment): ReplicateSettings {
  const baseUrl = (readVariable(env, 'REPLICATE_BASE_URL') ?? replicateBaseUrl).replace(/\/+$/, '');
  const token = readVariable(env, 'REPLICATE_API_TOKEN');
  if (token !== undefined || baseUrl !== replicateBaseUrl) return { baseUrl, token };
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    'REPLICATE_API_TOKEN is not set. It is needed to order predictions at Replicate and to look at them; ' +
      'without a key, npm run dev and npm run demo use the local stand-in.',
  );
}
