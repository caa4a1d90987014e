import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { startStandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import { ffmpegPath } from './media-tools.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import type { StandInOptions } from '../../workers/dev/stand-in/stand-in-options.ts';

/** Any JSON of the API, with the fields that tests read; the address decides which are present. */
export interface Body {
  readonly id: string;
  readonly status: string;
  readonly error: string;
  readonly output: string | readonly string[];
  readonly input: { readonly prompt: string; readonly seed: number };
  readonly created_at: string;
  readonly completed_at: string;
  readonly deadline: string;
  readonly data_removed: boolean;
  readonly metrics: { readonly total_time: number; readonly predict_time: number };
  readonly urls: { readonly get: string; readonly cancel: string };
  readonly title: string;
  readonly detail: string;
  readonly invalid_fields: readonly { readonly description: string }[];
  readonly results: readonly Body[];
  readonly next: string | null;
  readonly key: string;
  readonly creates: number;
  readonly predictions: readonly { readonly id: string }[];
  readonly latest_version: {
    readonly id: string;
    readonly openapi_schema: {
      readonly components: {
        readonly schemas: {
          readonly Input: {
            readonly required: readonly string[];
            readonly properties: Readonly<Record<string, { readonly enum: unknown }>>;
          };
        };
      };
    };
  };
}

/** The first of a prediction's output addresses. */
export function outputUrl({ output }: Body): string {
  return (typeof output === 'string' ? output : output[0]) ?? '';
}

/** An answer of the stand-in. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** Undefined at run time when the body is not JSON. */
  readonly json: Body;
}

/** Talks HTTP to one stand-in. */
export interface Api {
  send(
    method: string,
    pathOrUrl: string,
    more?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Creates with the model in the path; the input gets a prompt unless it has one. */
  create(model: string, input?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Waits for the end of a prediction and returns it. */
  finished(id: string): Promise<Body>;
}

/** Runs a test against a stand-in of its own, quick and cheap by default, and leaves nothing behind. */
export async function withStandIn(
  options: Partial<StandInOptions>,
  test: (api: Api, standIn: StandIn) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-stand-in-'));
  const quick = { stillSeconds: 0, clipSeconds: 0, scoreSeconds: 0, drawing: 'cheap' } as const;
  const standIn = await startStandIn({ folder, ffmpeg: ffmpegPath, ...quick, ...options });
  const agent = new Agent();
  try {
    await test(createApi(standIn.origin, agent), standIn);
  } finally {
    await agent.destroy();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** An API for an origin; the agent is the caller's to close. */
export function createApi(origin: string, agent: Agent): Api {
  const send: Api['send'] = async (method, pathOrUrl, { body, headers = {} } = {}) => {
    const url = pathOrUrl.startsWith('http') ? pathOrUrl : `${origin}${pathOrUrl}`;
    const isRaw = body instanceof Uint8Array;
    const response = await request(url, {
      method,
      dispatcher: agent,
      headers: { ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const isJson = String(response.headers['content-type']).includes('json');
    const json = (isJson ? parse(bytes.toString()) : undefined) as Body;
    return { status: response.statusCode, headers: response.headers, bytes, json };
  };
  const create: Api['create'] = (model, input = {}, headers = {}) =>
    send('POST', `/v1/models/${model}/predictions`, {
      body: { input: { prompt: 'a harbour at dawn', ...input } },
      headers,
    });
  const finished: Api['finished'] = async (id) => {
    for (;;) {
      const { json } = await send('GET', `/v1/predictions/${id}`);
      if (!['starting', 'processing'].includes(json.status)) return json;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { send, create, finished };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names that tests use most. */
export const models = {
  still: 'black-forest-labs/flux-schnell',
  clip: 'minimax/hailuo-02',
  score: 'stability-ai/stable-audio-2.5',
} as const;
