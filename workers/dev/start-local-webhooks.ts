import { releasePorts } from './local-stack/processes/free-ports.ts';
import { keepPort } from './local-stack/processes/keep-port.ts';
import { loadLocalCredentials } from './local-stack/local-credentials.ts';
import type { PortSetting } from '../configuration/dev-config.ts';
import type { LocalStack } from './local-stack/start-local-stack.ts';
import { readVariable } from '../../activities/runtime/read-variable.ts';
import { readEndpointSettings } from '../webhooks/endpoint-settings.ts';
import { startWebhooks } from '../webhooks/start-webhooks.ts';
import type { WebhookServer } from '../webhooks/webhook-server.ts';

/** An endpoint that the local stand-in can reach. */
export interface LocalWebhooks extends Pick<WebhookServer, 'close'> {
  /** The variables that make a worker order webhooks. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Takes webhooks in this process, configured by the stack's environment.
 *
 * @returns undefined for a real host, which cannot call this machine, or where the environment names another endpoint
 */
export async function startLocalWebhooks({
  stack,
  root,
  port,
}: {
  readonly stack: Pick<LocalStack, 'standIn'>;
  readonly root: string;
  readonly port: PortSetting;
}): Promise<LocalWebhooks | undefined> {
  if (!stack.standIn || readVariable(process.env, 'BEATREEL_WEBHOOK_URL') !== undefined) return undefined;
  const { webhookSecret } = await loadLocalCredentials(root);
  const chosen = await keepPort(root, { name: 'webhooks', setting: port });
  const settings = readEndpointSettings({
    ...process.env,
    BEATREEL_WEBHOOK_SECRET: webhookSecret,
    BEATREEL_WEBHOOK_IP: '127.0.0.1',
    BEATREEL_WEBHOOK_PORT: String(chosen),
    REPLICATE_WEBHOOK_SECRET: '',
  });
  const server = await startWebhooks(settings).finally(() => releasePorts([chosen]));
  const env = {
    BEATREEL_WEBHOOK_URL: `http://127.0.0.1:${server.port}`,
    BEATREEL_WEBHOOK_SECRET: webhookSecret,
  };
  return { env, close: () => server.close() };
}
