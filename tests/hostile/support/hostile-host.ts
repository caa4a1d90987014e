import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { HostMedia } from './host-media.ts';
import type { HostPrediction } from './host-prediction.ts';
import { createPrediction, kindOf, present, unitOf } from './host-prediction.ts';
import type { HostileCall } from './hostile-call.ts';
import { sendJson } from './hostile-call.ts';
import type { HostileKind, Operation, UnitKind } from './kind.ts';

/** A host with Replicate's API, which misbehaves only as the kinds tell. */
export interface HostileHost {
  readonly origin: string;
  /** The base address of an account. */
  baseUrlOf(account: string): string;
  /** Sets the kind whose list the account `alone` sees, because lists name no video. */
  setLister(kind: HostileKind | undefined): void;
  /** The orders taken for a kind's video, each of which is billed. */
  ordersOf(kind: string): Readonly<Record<UnitKind, number>>;
  /** Calls to unknown addresses. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

/** Starts the host on a free port of this machine. */
export async function startHostileHost(
  kinds: readonly HostileKind[],
  media: HostMedia,
): Promise<HostileHost> {
  const host = new Host(new Map(kinds.map((kind) => [kind.name, kind])), media);
  const server = createServer((request, response) => {
    // Many kinds make the client disconnect in the middle.
    for (const stream of [request, response]) stream.on('error', () => undefined);
    host.answer(request, response).catch((error: unknown) => {
      host.strays.push(`${request.url ?? ''}: ${String(error)}`);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: host.origin,
    baseUrlOf: (account) => `${host.origin}/${account}/v1`,
    setLister: (kind) => (host.lister = kind),
    ordersOf: (kind) => host.ordersOf(kind),
    strays: host.strays,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The unit and the kind that a call belongs to. */
interface Subject {
  readonly kind: HostileKind | undefined;
  readonly unit: UnitKind;
  readonly right: () => Record<string, unknown>;
  readonly answerRightly?: () => void;
}

class Host {
  origin = '';
  lister: HostileKind | undefined;
  readonly strays: string[] = [];
  readonly #kinds: ReadonlyMap<string, HostileKind>;
  readonly #media: HostMedia;
  readonly #predictions = new Map<string, HostPrediction>();
  readonly #counts = new Map<string, number>();

  constructor(kinds: ReadonlyMap<string, HostileKind>, media: HostMedia) {
    this.#kinds = kinds;
    this.#media = media;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = { request, response };
    const { pathname } = new URL(request.url ?? '/', this.origin);
    const [, account = '', , ...path] = pathname.split('/').map(decodeURIComponent);
    const body = await text(request);
    if (account === 'out') await this.#deliver(call, pathname.split('/')[2] ?? '');
    else if (path.at(-1) === 'files')
      sendJson(call, { urls: { get: `${this.origin}/files/${randomUUID()}` } });
    else if (request.method === 'POST' && path[0] === 'models') await this.#create(call, account, body);
    else if (path.length === 1 && path[0] === 'predictions') await this.#list(call, account);
    else if (path[0] === 'predictions') await this.#lookOrCancel(call, path);
    else {
      this.strays.push(`${request.method ?? ''} ${pathname}`);
      sendJson(call, { detail: 'Not found.' }, 404);
    }
  }

  ordersOf(kind: string): Record<UnitKind, number> {
    const orders = { still: 0, clip: 0, score: 0 };
    for (const prediction of this.#predictions.values())
      if (prediction.kind === kind) orders[prediction.unit] += 1;
    return orders;
  }

  async #create(call: Call, account: string, body: string): Promise<void> {
    const { input } = JSON.parse(body) as { readonly input: Record<string, unknown> };
    const model = /\/models\/([^/]+\/[^/]+)\/predictions/.exec(call.request.url ?? '')?.[1] ?? '';
    let taken: HostPrediction | undefined;
    const right = () => {
      taken ??= createPrediction({ account, model, input });
      this.#predictions.set(taken.id, taken);
      return present(taken, this.origin);
    };
    await this.#play(call, 'create', { kind: this.#kinds.get(kindOf(input)), unit: unitOf(model), right });
  }

  async #lookOrCancel(call: Call, [, id = '', verb]: readonly string[]): Promise<void> {
    const prediction = this.#predictions.get(id);
    if (!prediction) {
      sendJson(call, { detail: 'The requested resource could not be found.' }, 404);
      return;
    }
    const subject = { kind: this.#kinds.get(prediction.kind), unit: prediction.unit };
    const right = () => {
      if (verb === 'cancel') prediction.isCanceled = true;
      return present(prediction, this.origin);
    };
    await this.#play(call, verb === 'cancel' ? 'cancel' : 'look', { ...subject, right });
  }

  async #list(call: Call, account: string): Promise<void> {
    const mine = () => [...this.#predictions.values()].filter((prediction) => prediction.account === account);
    const results = () =>
      mine()
        .toReversed()
        .map((prediction) => present(prediction, this.origin));
    const kind = account === 'alone' ? this.lister : undefined;
    const unit = kind?.unit ?? 'still';
    await this.#play(call, 'list', {
      kind,
      unit,
      right: () => ({ results: results(), next: null, previous: null }),
    });
  }

  async #deliver(call: Call, id: string): Promise<void> {
    const prediction = this.#predictions.get(id);
    if (!prediction) {
      sendJson(call, { detail: 'gone' }, 404);
      return;
    }
    const { unit, kind } = prediction;
    await this.#play(call, 'output', {
      kind: this.#kinds.get(kind),
      unit,
      right: () => ({}),
      answerRightly: () => {
        deliver(call.response, unit, this.#media);
      },
    });
  }

  async #play(call: Call, operation: Operation, subject: Subject): Promise<void> {
    const { kind, unit, right } = subject;
    const answerRightly =
      subject.answerRightly ??
      (() => {
        sendJson(call, right(), operation === 'create' ? 201 : 200);
      });
    const answer = kind?.unit === unit ? kind.answers[operation] : undefined;
    if (!kind || !answer) {
      answerRightly();
      return;
    }
    const counted = `${kind.name} ${operation}`;
    const nth = (this.#counts.get(counted) ?? 0) + 1;
    this.#counts.set(counted, nth);
    const { origin } = this;
    const hostile: HostileCall = { ...call, origin, nth, media: this.#media, right, answerRightly };
    await answer(hostile);
  }
}

const contentTypes = { still: 'image/png', clip: 'video/mp4', score: 'audio/mpeg' } as const;

function deliver(response: ServerResponse, unit: UnitKind, media: HostMedia): void {
  const body = media[unit];
  response.writeHead(200, {
    'content-type': contentTypes[unit],
    'content-length': String(body.byteLength),
    etag: `"${unit}"`,
  });
  response.end(body);
}
