import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';

/** The length of `openssl rand -hex 16`; a shorter secret could be guessed. */
const leastCharacters = 32;

/** Reads `BEATREEL_WEBHOOK_SECRET`. @throws BeatreelFailure InvalidRequest when it is missing or too short */
export function readWebhookSecret(env: Environment): string {
  const secret = readVariable(env, 'BEATREEL_WEBHOOK_SECRET') ?? '';
  if (secret.length >= leastCharacters) return secret;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `BEATREEL_WEBHOOK_SECRET has ${secret.length} characters and needs ${leastCharacters} or more. ` +
      'Make one with: openssl rand -hex 32. Workers and npm run webhooks share it.',
  );
}
