import { once } from 'node:events';
import { join } from 'node:path';

import { type DevConfig, loadDevConfig } from '../configuration/dev-config.ts';
import { packageRoot } from '../setup/package-root.ts';
import { endServers } from './local-stack/processes/start-server-process.ts';
import { type LocalStack, startLocalStack } from './local-stack/start-local-stack.ts';
import { type RunningWorker, runWorker } from '../run-worker.ts';
import { readWorkerSettings } from '../configuration/worker-settings.ts';
import { announceStack, findRunningStack, withdrawStack } from './running-stack.ts';
import { type LocalWebhooks, startLocalWebhooks } from './start-local-webhooks.ts';

/** Servers and a worker for this process to use: its own, or those that another process keeps up. */
export interface Session {
  readonly config: DevConfig;
  /** Absent when another process of this checkout keeps everything up. */
  readonly stack?: LocalStack;
  /** Rejects when a server or the worker ends by itself; otherwise never settles before `close`. */
  readonly broken: Promise<never>;
  /** Ends everything that this process started. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts the servers that the environment does not name, lays their addresses over the environment of this process, and
 * serves all queues in it.
 *
 * @param say takes one sentence of progress
 * @returns undefined where `signal` is aborted first; the servers have ended by then, and this process should end
 */
export async function openSession(
  say: (sentence: string) => void,
  signal: AbortSignal,
): Promise<Session | undefined> {
  const aborted = once(signal, 'abort').then(() => undefined);
  const session = await Promise.race([openAnySession(say), aborted]);
  if (session === undefined) await endServers();
  return session;
}

async function openAnySession(say: (sentence: string) => void): Promise<Session> {
  const root = packageRoot();
  const config = await loadDevConfig(process.env['BEATREEL_CONFIG'] ?? join(root, 'temporal-dev.yaml'));
  const running = findRunningStack(root);
  if (running) {
    Object.assign(process.env, running);
    say('Using the stack that is already up');
    return { config, broken: new Promise<never>(() => undefined), close: () => Promise.resolve() };
  }
  const stack = await startLocalStack({ config, root, log: say });
  let webhooks: LocalWebhooks | undefined;
  try {
    Object.assign(process.env, stack.env);
    webhooks = await startLocalWebhooks({ stack, root, port: config.webhooks.port });
    Object.assign(process.env, webhooks?.env);
    if (webhooks) say('Webhook endpoint started');
    const worker = await runWorker(await readWorkerSettings(process.env));
    say('Worker started');
    await announceStack(root, { ...stack.env, ...webhooks?.env });
    return ownSession({ root, config, stack, worker, webhooks });
  } catch (error) {
    await webhooks?.close();
    await stack.stop();
    throw error;
  }
}

interface Own {
  readonly root: string;
  readonly config: DevConfig;
  readonly stack: LocalStack;
  readonly worker: RunningWorker;
  readonly webhooks: LocalWebhooks | undefined;
}

function ownSession({ root, config, stack, worker, webhooks }: Own): Session {
  let closing: Promise<void> | undefined;
  const close = async () => {
    await withdrawStack(root);
    // A worker that cannot reach its servers must not prevent their stop.
    await worker.stop().catch(() => undefined);
    await webhooks?.close();
    await stack.stop();
  };
  const broken = Promise.race([
    stack.broken.then((name) => `${name} ended by itself; its log is in ${stack.logFolder}.`),
    worker.done.then(
      () => 'The worker ended by itself.',
      (error: unknown) => `The worker failed: ${error instanceof Error ? error.message : String(error)}`,
    ),
  ]).then((sentence): never => {
    throw new Error(sentence);
  });
  broken.catch(() => undefined);
  return { config, stack, broken, close: () => (closing ??= close()) };
}
