import { mkdir } from 'node:fs/promises';
import { ChatLog } from './chat/chat-log.ts';
import { chatRoutes } from './chat/chat-routes.ts';
import { controlRoutes } from './control/control-routes.ts';
import { Tally } from './control/counters.ts';
import { createControl } from './control/create-control.ts';
import { Artist } from './drawing/artist.ts';
import { FaultScript } from './faults/fault-script.ts';
import { fileRoutes, readUploadByAddress } from './files/file-routes.ts';
import { UploadStore } from './files/upload-store.ts';
import { accountRoutes } from './http/account-routes.ts';
import { authorize } from './http/authorize.ts';
import { refuseWebPages } from './http/refuse-web-pages.ts';
import { StandInServer } from './http/stand-in-server.ts';
import { isMinimaxPath, minimaxRoutes } from './minimax/minimax-routes.ts';
import { modelRoutes } from './models/model-routes.ts';
import { outputRoutes } from './outputs/output-routes.ts';
import { Announcer } from './predictions/announcer.ts';
import { Barrier } from './predictions/barrier.ts';
import { StateChanges } from './predictions/state-changes.ts';
import { type Latency, latencyOf, type LatencySubject } from './predictions/latency.ts';
import { predictionRoutes } from './predictions/prediction-routes.ts';
import { PredictionRunner } from './predictions/prediction-runner.ts';
import { PredictionStore } from './predictions/prediction-store.ts';
import { RateLimit } from './predictions/rate-limit.ts';
import { Retention } from './predictions/retention.ts';
import { loadSigningSecret } from './webhooks/signing-secret.ts';
import { WebhookSender } from './webhooks/webhook-sender.ts';
import type { StandInControl } from './control/stand-in-control.ts';
import type { Exchange } from './http/exchange.ts';
import type { StandInOptions } from './stand-in-options.ts';

/** A running stand-in. */
export interface StandIn {
  /** The host's address for an adapter; ends in `/v1`. */
  readonly baseUrl: string;
  /** Without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly control: StandInControl;
  /** Ends connections, timers, webhooks and every ffmpeg. Live predictions go on at the next start on the folder. */
  close(): Promise<void>;
}

/**
 * Starts a model host on this machine that speaks Replicate's HTTP API, and MiniMax's, and really draws.
 *
 * @throws the system's error when the port is taken or the folder cannot be written
 */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  await mkdir(options.folder, { recursive: true });
  const address = { origin: '' };
  const parts = await openParts(options, () => address.origin);
  const control = createControl(parts);
  const check = authorize(options.token);
  const server = new StandInServer({
    routes: routesOf(parts, control, check),
    // The routes of MiniMax check their key themselves, to refuse it in MiniMax's words.
    authorize: (exchange) => {
      refuseWebPages(exchange);
      if (!isMinimaxPath(exchange.url.pathname)) check(exchange);
    },
    onAnswer: (status) => {
      parts.tally.answer(status);
    },
  });
  const close = async (): Promise<void> => {
    parts.runner.close();
    parts.retention.forget();
    parts.changes.close();
    await server.close();
    await Promise.all([parts.sender.close(), parts.artist.close()]);
    await parts.store.close();
  };
  try {
    const port = await server.listen(options.port ?? 0);
    address.origin = `http://127.0.0.1:${port}`;
    parts.runner.resume();
    return { baseUrl: `${address.origin}/v1`, origin: address.origin, port, control, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openParts(options: StandInOptions, origin: () => string) {
  const { folder, drawing = 'full' } = options;
  const secret = await loadSigningSecret(folder);
  const [store, uploads, artist] = await Promise.all([
    PredictionStore.open(folder),
    UploadStore.open(folder),
    Artist.open(folder, options.ffmpeg),
  ]);
  const shared = {
    faults: new FaultScript(),
    rateLimit: new RateLimit(),
    tally: new Tally(),
    changes: new StateChanges(),
    barrier: new Barrier(),
    chats: new ChatLog(),
  };
  const { tally, faults } = shared;
  const sender = new WebhookSender({
    secret,
    retryMs: options.webhookRetryMs ?? [500, 1000, 2000, 4000, 8000],
    onSent: () => {
      tally.requests.webhooksSent += 1;
    },
  });
  const retention = new Retention({ store, artist, seconds: options.outputRetentionSeconds ?? 3600 });
  const announcer = new Announcer({ store, sender, faults, origin });
  const readUpload = (url: URL): Promise<Buffer | undefined> => readUploadByAddress(url, uploads, origin());
  const runner = new PredictionRunner({
    ...shared,
    store,
    announcer,
    retention,
    tools: { artist, readUpload, drawing },
  });
  const latency: { current: Latency } = { current: {} };
  const defaults = {
    still: options.stillSeconds ?? 2,
    clip: options.clipSeconds ?? 4,
    score: options.scoreSeconds ?? 3,
  };
  return { ...shared, store, uploads, artist, sender, retention, runner, latency, defaults, secret, origin };
}

type Parts = Awaited<ReturnType<typeof openParts>>;

function routesOf(parts: Parts, control: StandInControl, check: (exchange: Exchange) => void) {
  const { latency, defaults, uploads, origin, secret } = parts;
  const timed = {
    ...parts,
    latencySeconds: (subject: LatencySubject) => latencyOf(latency.current, subject, defaults),
  };
  return [
    ...predictionRoutes(timed),
    ...minimaxRoutes(timed, check),
    ...outputRoutes(parts),
    ...fileRoutes(uploads, origin),
    ...modelRoutes(),
    ...chatRoutes(parts),
    ...accountRoutes(secret),
    ...controlRoutes(control),
  ];
}
