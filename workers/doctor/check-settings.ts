import { join } from 'node:path';

import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { createChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import type { HostRegistration } from '../../activities/providers/host-registration.ts';
import { registeredHosts } from '../../activities/providers/registry.ts';
import { describeSkew } from '../../domain/server-clock.ts';
import { packageRoot } from '../setup/package-root.ts';
import { readProxy } from '../../storage/proxy.ts';
import { readChatSettings } from '../../activities/providers/chat-completions/chat-settings.ts';
import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';
import { readWebhookOrders } from '../webhooks/webhook-orders.ts';
import { askStatus } from './ask-status.ts';
import { type Check, checkOne } from './check.ts';
import { countOf } from '../../domain/count-of.ts';

/** Checks the catalogue, the key of each host that it names, and the webhook endpoint if there is one. */
export async function checkSettings(env: Environment): Promise<Check[]> {
  return Promise.all([
    checkOne('catalogue', () => lookAtCatalogue(env)),
    ...(['HTTPS_PROXY', 'https_proxy'].some((name) => readVariable(env, name) !== undefined)
      ? [checkOne('proxy', () => Promise.resolve(lookAtProxy(env)))]
      : []),
    ...(await checkHosts(env)),
    ...(['OPENAI_API_KEY', 'OPENAI_BASE_URL'].some((name) => readVariable(env, name) !== undefined)
      ? [checkOne('language model', () => lookAtLanguageModel(env))]
      : []),
    ...(readVariable(env, 'BEATREEL_WEBHOOK_URL') === undefined
      ? []
      : [checkOne('webhooks', () => lookAtWebhooks(env))]),
  ]);
}

async function lookAtCatalogue(env: Environment): Promise<string> {
  const path = cataloguePath(env);
  const { entries, planners } = await loadCatalogue(path);
  return `${countOf(entries.length + planners.length, 'model')} in ${path}`;
}

/** Reports the proxy; the other checks use it. */
function lookAtProxy(env: Environment): string {
  const proxy = readProxy(env);
  if (!proxy) return 'none';
  const except = readVariable(env, 'no_proxy') ?? readVariable(env, 'NO_PROXY') ?? 'nothing';
  return `https goes through ${proxy.url.origin}, except for ${except} and this machine`;
}

function cataloguePath(env: Environment): string {
  return readVariable(env, 'BEATREEL_CATALOGUE') ?? join(packageRoot(), 'models.yaml');
}

/** Checks every host that has a key, and hosts without one whose models are defaults of the catalogue. */
async function checkHosts(env: Environment): Promise<Promise<Check>[]> {
  const needed = await readNeededHosts(env);
  return registeredHosts
    .filter(({ name, setUp }) => 'open' in setUp(env) || needed.has(name))
    .map((registration) => checkOne(registration.title, () => lookAtHost(registration, env)));
}

/** The hosts of default models; none where the catalogue is unreadable, which its own check reports. */
async function readNeededHosts(env: Environment): Promise<ReadonlySet<string>> {
  const catalogue = await loadCatalogue(cataloguePath(env)).catch(() => undefined);
  const defaults = Object.values(catalogue?.defaults ?? {});
  return new Set(
    (catalogue?.entries ?? []).filter(({ name }) => defaults.includes(name)).map(({ host }) => host),
  );
}

/** Checks a host's key by a free read. */
async function lookAtHost({ setUp }: HostRegistration, env: Environment): Promise<string> {
  const setup = setUp(env);
  if ('missing' in setup) throw new Error(setup.missing);
  const host = setup.open();
  try {
    const finding = await host.checkKey();
    const skew = describeSkew(host.name, { aheadMs: host.clockAheadMs() });
    if (skew !== undefined) throw new Error(`${finding}. ${skew}`);
    return finding;
  } finally {
    await host.close();
  }
}

/** Checks the language model by a free read, where the environment names one. */
async function lookAtLanguageModel(env: Environment): Promise<string> {
  const settings = readChatSettings(env);
  const model = createChatCompletionsModel(settings);
  try {
    const unready = model.whyUnready();
    if (unready !== undefined) throw new Error(`${unready}.`);
    const models = await model.listModels();
    return `${countOf(models.length, 'model')} can be asked at ${settings.baseUrl}`;
  } finally {
    await model.close();
  }
}

/** The time-out for the proxy in front of the endpoint, in milliseconds. */
const webhookTimeoutMs = 10_000;

async function lookAtWebhooks(env: Environment): Promise<string> {
  const publicUrl = readWebhookOrders(env)?.publicUrl ?? '';
  const address = `${publicUrl.replace(/\/+$/, '')}/healthz`;
  const advice = 'Start npm run webhooks, and let the proxy before it pass /webhooks/ and /healthz on.';
  const status = await askStatus(address, webhookTimeoutMs).catch((cause: unknown) => {
    throw new Error(`${address} (BEATREEL_WEBHOOK_URL) does not answer. ${advice}`, { cause });
  });
  if (status === 200) return address;
  throw new Error(`${address} (BEATREEL_WEBHOOK_URL) answers ${status}. ${advice}`);
}
