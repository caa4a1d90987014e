import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiProblem } from './api-problem.ts';

/** A request being answered. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
}

const largestBodyBytes = 101 * 1024 * 1024;

/**
 * Reads the whole body.
 *
 * @throws ApiProblem 413 when it is larger than the host takes
 */
export async function readBody({ request }: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > largestBodyBytes) {
      throw new ApiProblem(413, 'Content Too Large', { detail: 'Files must be less than 100MB in size' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads the body as JSON; an empty one is an empty object.
 *
 * @throws ApiProblem 400 when it is not JSON
 */
export async function readJson(exchange: Exchange): Promise<unknown> {
  const text = (await readBody(exchange)).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiProblem(400, 'Bad request', { detail: 'The request body is not valid JSON.' });
  }
}

/** Answers with JSON. */
export function sendJson(
  { response }: Exchange,
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): void {
  const text = toJson(body);
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** JSON in which a `bigint` is a number of all its digits, as hosts with 64-bit ids write it. */
export function toJson(body: unknown): string {
  const mark = '\u0000';
  const text = JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'bigint' ? `${mark}${value.toString()}` : value,
  );
  return text.replace(/"\\u0000(\d+)"/g, '$1');
}
