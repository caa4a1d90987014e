import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadDevConfig } from '../../workers/configuration/dev-config.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import type { LocalStack } from '../../workers/dev/local-stack/start-local-stack.ts';
import { startLocalStack } from '../../workers/dev/local-stack/start-local-stack.ts';
import { resolveTools } from '../../workers/tools/resolve-tools.ts';

/** Real servers for one run of the tests, and the variables by which tests find them. */
export interface TestStack {
  readonly env: Readonly<Record<string, string>>;
  readonly stack: LocalStack;
  stop(): Promise<void>;
}

/**
 * Starts a Temporal dev server in memory and an S3 server in a folder that is removed. Hosts are not started: every
 * test has its own stand-in, because tests depend on its counters and faults.
 */
export async function startTestStack(): Promise<TestStack> {
  const root = packageRoot();
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-stack-'));
  const tools = await resolveTools({ need: ['temporal', 'weed', 'ffmpeg', 'ffprobe'], root });
  const config = await loadDevConfig(join(root, 'temporal-dev.yaml'));
  const temporal = { ...config.temporal };
  delete temporal.databaseFile;
  const stack = await startLocalStack({
    config: { ...config, temporal },
    // Naming a host prevents the start of the stand-in.
    env: { REPLICATE_BASE_URL: 'http://127.0.0.1:9/v1' },
    tools,
    root: folder,
  });
  return {
    stack,
    env: { ...stack.env, TEMPORAL_CLI: tools.temporal, WEED: tools.weed },
    stop: async () => {
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
