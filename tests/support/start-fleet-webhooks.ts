import { readEndpointSettings } from '../../workers/webhooks/endpoint-settings.ts';
import type { RunningWebhooks } from '../../workers/webhooks/start-webhooks.ts';
import { startWebhooks } from '../../workers/webhooks/start-webhooks.ts';

/** An endpoint of a fleet, in this process. */
export interface FleetWebhooks {
  readonly endpoint: RunningWebhooks;
  /** Without a slash at the end. */
  readonly url: string;
  /** Proves that an address is ours. */
  readonly secret: string;
  /** The variables that make workers order webhooks. */
  readonly env: Readonly<Record<string, string>>;
}

const secret = 'a-secret-of-the-tests-of-no-value-elsewhere';

/** @param env names the host of the fleet */
export async function startFleetWebhooks(env: Readonly<Record<string, string>>): Promise<FleetWebhooks> {
  const variables = {
    BEATREEL_WEBHOOK_SECRET: secret,
    BEATREEL_WEBHOOK_PORT: '0',
    REPLICATE_WEBHOOK_SECRET: '',
  };
  const endpoint = await startWebhooks(readEndpointSettings({ ...process.env, ...env, ...variables }));
  const url = `http://127.0.0.1:${endpoint.port}`;
  return { endpoint, url, secret, env: { BEATREEL_WEBHOOK_URL: url, BEATREEL_WEBHOOK_SECRET: secret } };
}
