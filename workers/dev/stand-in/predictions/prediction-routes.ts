import { randomBytes } from 'node:crypto';
import { answerWithFaults, type Reply, throttled } from '../faults/apply-request-faults.ts';
import { ApiProblem, notFound } from '../http/api-problem.ts';
import { isFinal, type PredictionRecord } from './prediction-record.ts';
import { presentPrediction } from './present-prediction.ts';
import { type CreateRequest, readCreateRequest } from './read-create-request.ts';
import type { Tally } from '../control/counters.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Route } from '../http/stand-in-server.ts';
import type { StateChanges } from './state-changes.ts';
import type { LatencySubject } from './latency.ts';
import type { PredictionRunner } from './prediction-runner.ts';
import type { PredictionStore } from './prediction-store.ts';
import type { RateLimit } from './rate-limit.ts';

/** The parts of the predictions API. */
export interface PredictionRouteParts {
  readonly store: PredictionStore;
  readonly runner: PredictionRunner;
  readonly faults: FaultScript;
  readonly rateLimit: RateLimit;
  readonly tally: Tally;
  readonly changes: StateChanges;
  readonly latencySeconds: (subject: LatencySubject) => number;
  readonly origin: () => string;
}

const pageSize = 100;

/** Routes to create, get, cancel and list predictions. */
export function predictionRoutes(parts: PredictionRouteParts): Route[] {
  const creating = (exchange: Exchange): Promise<void> => create(exchange, parts);
  return [
    { method: 'POST', path: '/v1/predictions', handle: creating },
    { method: 'POST', path: '/v1/models/:owner/:name/predictions', handle: creating },
    { method: 'GET', path: '/v1/predictions', handle: (exchange) => list(exchange, parts) },
    { method: 'GET', path: '/v1/predictions/:id', handle: (exchange) => read(exchange, parts) },
    { method: 'POST', path: '/v1/predictions/:id/cancel', handle: (exchange) => cancel(exchange, parts) },
  ];
}

async function create(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  parts.tally.requests.createRequests += 1;
  const request = await readCreateRequest(exchange);
  const subject = { kind: request.model.kind, model: request.model.name, input: request.input };
  const waitSeconds = parts.rateLimit.take();
  if (waitSeconds !== undefined) throw throttled(waitSeconds, parts.rateLimit.header);
  const faults = parts.faults.strike({ stage: 'request', operation: 'create', subject });
  await answerWithFaults(exchange, faults, async () => {
    const record = newRecord(request, parts);
    await parts.store.add(record);
    parts.runner.run(record);
    return replyToCreate(record.id, request.waitSeconds, parts);
  });
}

/** Creates the record of an accepted prediction, with its faults. */
export function newRecord(
  request: Omit<CreateRequest, 'waitSeconds'>,
  parts: PredictionRouteParts,
  id = newId(),
): PredictionRecord {
  const { model, input, webhook, webhookEvents, lifeSeconds } = request;
  const subject = { id, kind: model.kind, model: model.name, input };
  const createdAt = Date.now();
  return {
    ...subject,
    version: model.version ?? 'hidden',
    status: 'starting',
    createdAt,
    latencySeconds: parts.latencySeconds(subject),
    ...(lifeSeconds === undefined ? {} : { deadline: createdAt + lifeSeconds * 1000 }),
    outputs: [],
    dataRemoved: false,
    webhook,
    webhookEvents,
    webhooksDone: [],
    faults: parts.faults.strike({ stage: 'outcome', subject }),
  };
}

async function replyToCreate(id: string, waitSeconds: number, parts: PredictionRouteParts): Promise<Reply> {
  const isOver = (): boolean => isFinal(parts.store.get(id)?.status ?? 'aborted');
  const isComplete = waitSeconds > 0 && (await parts.changes.until(isOver, waitSeconds * 1000));
  const body = presentPrediction(find(id, parts), parts.origin());
  return {
    body,
    status: waitSeconds === 0 || isComplete ? 201 : 202,
    headers: { location: `${parts.origin()}/v1/predictions/${id}` },
  };
}

async function read(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  parts.tally.requests.gets += 1;
  const record = find(exchange.params['id'] ?? '', parts);
  const faults = parts.faults.strike({ stage: 'request', operation: 'get', subject: record });
  const isCalledRemoved = faults.some(({ type }) => type === 'sayRemoved');
  await answerWithFaults(exchange, faults, () => {
    const found = find(record.id, parts);
    const shown = isCalledRemoved && isFinal(found.status) ? { ...found, dataRemoved: true } : found;
    return { body: presentPrediction(shown, parts.origin()) };
  });
}

async function cancel(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  parts.tally.requests.cancels += 1;
  const record = find(exchange.params['id'] ?? '', parts);
  const faults = parts.faults.strike({ stage: 'request', operation: 'cancel', subject: record });
  await answerWithFaults(exchange, faults, () => ({
    body: presentPrediction(parts.runner.cancel(record.id) ?? record, parts.origin()),
  }));
}

async function list(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  parts.tally.requests.lists += 1;
  const faults = parts.faults.strike({ stage: 'request', operation: 'list' });
  await answerWithFaults(exchange, faults, () => ({ body: listPage(exchange.url, parts) }));
}

function listPage({ searchParams }: URL, { store, faults, origin }: PredictionRouteParts): unknown {
  const now = Date.now();
  const cursor = searchParams.get('cursor');
  const isForWebOnly = searchParams.get('source') === 'web';
  const { records, hasMore } = store.list({
    createdAfter: readTime(searchParams, 'created_after'),
    createdBefore: readTime(searchParams, 'created_before'),
    afterId: cursor === null ? undefined : Buffer.from(cursor, 'base64url').toString(),
    limit: pageSize,
    // Names with an owner are Replicate's.
    isHidden: (record) =>
      !record.model.includes('/') ||
      isForWebOnly ||
      now - record.createdAt < faults.listLagSeconds(record) * 1000,
  });
  const next = new URLSearchParams(searchParams);
  next.set('cursor', Buffer.from(records.at(-1)?.id ?? '').toString('base64url'));
  return {
    previous: null,
    next: hasMore ? `${origin()}/v1/predictions?${next.toString()}` : null,
    results: records.map((record) => presentPrediction(record, origin())),
  };
}

function readTime(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new ApiProblem(422, 'Invalid parameter', {
    detail: `${name} must be an ISO 8601 date-time, not ${text}.`,
  });
}

function find(id: string, { store }: PredictionRouteParts): PredictionRecord {
  const record = store.get(id);
  if (record === undefined) throw notFound('prediction');
  return record;
}

/** An id of 26 letters and digits, like the host's. */
function newId(): string {
  const letters = 'abcdefghjkmnpqrstvwxyz0123456789';
  return Array.from(randomBytes(26), (byte) => letters.charAt(byte % 32)).join('');
}
