import { answerWithFaults, throttled } from '../faults/apply-request-faults.ts';
import { notFound } from '../http/api-problem.ts';
import { type Exchange, sendJson } from '../http/exchange.ts';
import type { Route } from '../http/stand-in-server.ts';
import type { OutputKind } from '../models/model-description.ts';
import { isFinal, type PredictionRecord } from '../predictions/prediction-record.ts';
import { newRecord, type PredictionRouteParts } from '../predictions/prediction-routes.ts';
import { fine, inMinimaxWords } from './in-minimax-words.ts';
import { presentMusic, presentPictures, presentTask } from './present-outcome.ts';
import { readOrder } from './read-order.ts';
import { fileIdOf, newTaskId, taskIdOf } from './task-ids.ts';

type Handle = (exchange: Exchange, parts: PredictionRouteParts) => Promise<void>;

const handlers: readonly (readonly [method: string, path: string, handle: Handle])[] = [
  ['POST', '/v1/video_generation', orderFootage],
  ['GET', '/v1/query/video_generation', lookAtTask],
  ['GET', '/v1/files/retrieve', retrieveFile],
  ['POST', '/v1/image_generation', (exchange, parts) => orderAtOnce(exchange, parts, 'still')],
  ['POST', '/v1/music_generation', (exchange, parts) => orderAtOnce(exchange, parts, 'score')],
];

/** Longer than any client waits, in milliseconds. */
const answersWithinMs = 600_000;

/** The five calls of MiniMax's API that Beatreel makes. @param check throws ApiProblem 401 for a wrong key */
export function minimaxRoutes(parts: PredictionRouteParts, check: (exchange: Exchange) => void): Route[] {
  return handlers.map(([method, path, handle]) => ({
    method,
    path,
    handle: (exchange) =>
      inMinimaxWords(exchange, async () => {
        check(exchange);
        await handle(exchange, parts);
      }),
  }));
}

/** Whether an address is one of MiniMax's. */
export function isMinimaxPath(path: string): boolean {
  return handlers.some(([, known]) => known === path);
}

async function orderFootage(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  await order(exchange, parts, {
    kind: 'clip',
    answer: ({ id }) => Promise.resolve({ task_id: id, ...fine }),
  });
}

async function orderAtOnce(
  exchange: Exchange,
  parts: PredictionRouteParts,
  kind: 'still' | 'score',
): Promise<void> {
  const present = kind === 'still' ? presentPictures : presentMusic;
  await order(exchange, parts, {
    kind,
    answer: async ({ id }) => {
      const current = () => parts.store.get(id);
      await parts.changes.until(() => isFinal(current()?.status ?? 'aborted'), answersWithinMs);
      const ended = current();
      if (!ended) throw notFound('prediction');
      return present(ended, parts.origin());
    },
  });
}

interface Ordering {
  readonly kind: OutputKind;
  /** Writes the answer to an accepted order. */
  readonly answer: (record: PredictionRecord) => Promise<object>;
}

async function order(
  exchange: Exchange,
  parts: PredictionRouteParts,
  { kind, answer }: Ordering,
): Promise<void> {
  parts.tally.requests.createRequests += 1;
  const { model, input } = await readOrder(exchange, kind);
  const subject = { kind, model: model.name, input };
  const waitSeconds = parts.rateLimit.take();
  if (waitSeconds !== undefined) throw throttled(waitSeconds, parts.rateLimit.header);
  const faults = parts.faults.strike({ stage: 'request', operation: 'create', subject });
  await answerWithFaults(exchange, faults, async () => {
    const plain = { webhook: undefined, webhookEvents: undefined, lifeSeconds: undefined };
    const record = newRecord({ model, input, ...plain }, parts, newTaskId());
    await parts.store.add(record);
    parts.runner.run(record);
    return { body: await answer(record) };
  });
}

async function lookAtTask(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  parts.tally.requests.gets += 1;
  const record = findTask(exchange.url.searchParams.get('task_id') ?? '', parts);
  const faults = parts.faults.strike({ stage: 'request', operation: 'get', subject: record });
  await answerWithFaults(exchange, faults, () => ({ body: presentTask(findTask(record.id, parts)) }));
}

async function retrieveFile(exchange: Exchange, parts: PredictionRouteParts): Promise<void> {
  const task = taskIdOf(exchange.url.searchParams.get('file_id') ?? '') ?? '';
  const { id, outputs, completedAt = 0 } = findTask(task, parts);
  const [output] = outputs;
  if (!output) throw notFound('file');
  const file = {
    file_id: fileIdOf(id),
    bytes: output.sizeBytes,
    created_at: Math.floor(completedAt / 1000),
    filename: 'output.mp4',
    purpose: 'video_generation',
    download_url: `${parts.origin()}/files/${output.name}`,
  };
  sendJson(exchange, { file, ...fine });
  await Promise.resolve();
}

/** Finds a task; pictures and music have none. */
function findTask(id: string, { store }: PredictionRouteParts): PredictionRecord {
  const record = store.get(id);
  if (record?.kind !== 'clip' || record.model.includes('/')) throw notFound('task');
  return record;
}
