import { createReadStream } from 'node:fs';
import { notFound } from '../http/api-problem.ts';
import { bigOutputBytes } from './big-output.ts';
import { type ByteRange, readRange } from './byte-range.ts';
import { type Pace, sendBytes } from './send-bytes.ts';
import type { ServerResponse } from 'node:http';
import type { Tally } from '../control/counters.ts';
import type { Artist } from '../drawing/artist.ts';
import type { Fault } from '../faults/fault-schema.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Route } from '../http/stand-in-server.ts';
import type { StateChanges } from '../predictions/state-changes.ts';
import type { OutputFile, PredictionRecord } from '../predictions/prediction-record.ts';
import type { PredictionStore } from '../predictions/prediction-store.ts';
import type { Retention } from '../predictions/retention.ts';

/** The parts of the routes for outputs. */
export interface OutputRouteParts {
  readonly store: PredictionStore;
  readonly artist: Artist;
  readonly faults: FaultScript;
  readonly retention: Retention;
  readonly tally: Tally;
  readonly changes: StateChanges;
}

/** The delivery addresses of finished outputs; they need no token, as at the host. */
export function outputRoutes(parts: OutputRouteParts): Route[] {
  const path = '/files/:name';
  return [
    { method: 'GET', path, handle: (exchange) => serve(exchange, parts) },
    {
      method: 'HEAD',
      path,
      handle: (exchange) => {
        const { output } = findOutput(exchange, parts.store);
        exchange.response.writeHead(200, headersOf(output, { canResume: true, etag: output.etag }));
        exchange.response.end();
      },
    },
  ];
}

async function serve(exchange: Exchange, parts: OutputRouteParts): Promise<void> {
  parts.tally.requests.outputRequests += 1;
  parts.changes.notify();
  const { record, output } = findOutput(exchange, parts.store);
  const faults = parts.faults.strike({ stage: 'output', subject: record });
  if (faults.some(({ type }) => type === 'expireOutput')) {
    parts.retention.expire(record.id);
    throw notFound('file');
  }
  const { response } = exchange;
  for (const fault of faults) {
    if (fault.type === 'outputError') {
      response.writeHead(fault.status, { 'content-type': 'text/plain' }).end('The file cannot be read.\n');
      return;
    }
    if (fault.type === 'htmlOutput') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(loginPage);
      return;
    }
  }
  const range = writeHead(exchange, output, faults);
  if (range === undefined) return;
  const { artist, tally } = parts;
  const source =
    output.render === undefined
      ? bigOutputBytes(output.contentType, range)
      : createReadStream(artist.pathOf(output.render), {
          start: range.start,
          end: Math.max(0, range.end - 1),
        });
  const onSent = (sizeBytes: number): void => {
    tally.bytesServed += sizeBytes;
  };
  await sendBytes(source, { response, pace: paceOf(faults), onSent });
}

/** Writes status and headers. Returns the bytes to send; undefined when the answer has already ended. */
function writeHead(
  { request, response }: Exchange,
  output: OutputFile,
  faults: readonly Fault[],
): ByteRange | undefined {
  const has = (type: Fault['type']): boolean => faults.some((fault) => fault.type === type);
  const etag = has('changeEtag') ? `${output.etag}-${Date.now().toString(36)}` : output.etag;
  const isDelimitedByClose = has('closeDelimitedTruncation');
  const canResume = !has('noRanges') && !isDelimitedByClose;
  const headers = headersOf(output, { canResume, etag });
  const ifRange = request.headers['if-range'];
  const isSame = ifRange === undefined || ifRange === `"${etag}"`;
  const range = canResume && isSame ? readRange(request.headers.range, output.sizeBytes) : undefined;
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${output.sizeBytes}` }).end();
    return undefined;
  }
  if (isDelimitedByClose) return writeHeadWithoutLength(response, headers, output);
  if (range === undefined) {
    response.writeHead(200, headers);
    return { start: 0, end: output.sizeBytes };
  }
  response.writeHead(206, {
    ...headers,
    'content-length': range.end - range.start,
    'content-range': `bytes ${range.start}-${range.end - 1}/${output.sizeBytes}`,
  });
  return range;
}

function writeHeadWithoutLength(
  response: ServerResponse,
  { 'content-length': _length, ...headers }: Record<string, string | number>,
  { sizeBytes }: OutputFile,
): ByteRange {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, { ...headers, connection: 'close' });
  return { start: 0, end: sizeBytes };
}

function headersOf(
  output: OutputFile,
  { canResume, etag }: { canResume: boolean; etag: string },
): Record<string, string | number> {
  return {
    'content-type': output.contentType,
    'content-length': output.sizeBytes,
    etag: `"${etag}"`,
    'cache-control': 'public,max-age=3600',
    ...(canResume ? { 'accept-ranges': 'bytes' } : {}),
  };
}

function paceOf(faults: readonly Fault[]): Pace {
  let pace: Pace = {};
  for (const fault of faults) {
    if (fault.type === 'truncateOutput') {
      pace = { ...pace, stopAfterBytes: fault.afterBytes, ending: 'close' };
    } else if (fault.type === 'dropOutput') {
      pace = { ...pace, stopAfterBytes: fault.afterBytes, ending: 'reset' };
    } else if (fault.type === 'closeDelimitedTruncation') {
      pace = { ...pace, stopAfterBytes: fault.afterBytes, ending: 'finish' };
    } else if (fault.type === 'stallOutput') {
      pace = { ...pace, stopAfterBytes: fault.afterBytes, ending: 'stall' };
    } else if (fault.type === 'trickleOutput') {
      pace = { ...pace, chunkBytes: fault.chunkBytes, delayMs: fault.delayMs };
    }
  }
  return pace;
}

function findOutput(
  { params }: Exchange,
  store: PredictionStore,
): { record: PredictionRecord; output: OutputFile } {
  const name = params['name'] ?? '';
  const record = store.get(name.split('-')[0] ?? '');
  const output = record?.outputs.find((candidate) => candidate.name === name);
  if (record === undefined || output === undefined) throw notFound('file');
  return { record, output };
}

const loginPage = '<!doctype html><title>Sign in</title><p>Please sign in to see this file.</p>\n';
