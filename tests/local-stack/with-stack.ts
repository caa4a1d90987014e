import { join } from 'node:path';

import { S3Client } from '@aws-sdk/client-s3';

import { loadDevConfig } from '../../workers/configuration/dev-config.ts';
import {
  startLocalStack,
  type LocalStack,
  type LocalStackOptions,
} from '../../workers/dev/local-stack/start-local-stack.ts';
import { resolveTools } from '../../workers/tools/resolve-tools.ts';

const repository = join(import.meta.dirname, '..', '..');

export const shippedConfig = await loadDevConfig(join(repository, 'temporal-dev.yaml'));
export const stackTools = await resolveTools({
  need: ['temporal', 'weed', 'ffmpeg', 'ffprobe'],
  root: repository,
});

/** Answers every request with its token. */
export const placeholderHost = join(import.meta.dirname, 'programs', 'placeholder-host.mjs');

/** Runs `use` with the shipped stack, a placeholder for the stand-in, and stops it afterwards, also on failure. */
export async function withStack<T>(
  options: Partial<LocalStackOptions> & Pick<LocalStackOptions, 'root'>,
  use: (stack: LocalStack) => Promise<T> | T,
): Promise<T> {
  const defaults = { config: shippedConfig, tools: stackTools, env: {}, standInProgram: placeholderHost };
  const stack = await startLocalStack({ ...defaults, ...options });
  try {
    return await use(stack);
  } finally {
    await stack.stop();
  }
}

export function connectToStore({ env }: LocalStack): S3Client {
  return new S3Client({
    endpoint: env['S3_ENDPOINT']!,
    region: env['AWS_REGION']!,
    credentials: { accessKeyId: env['AWS_ACCESS_KEY_ID']!, secretAccessKey: env['AWS_SECRET_ACCESS_KEY']! },
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}
