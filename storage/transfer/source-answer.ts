import type { Readable } from 'node:stream';
import { readWhole } from '../../domain/outside-numbers.ts';
import { discard, type SafeResponse } from '../safe-request.ts';
import { interrupted, SourceChanged } from './transfer-errors.ts';

/** Bytes of a file, both ends inclusive, 0-based. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A source's answer with read and consistent headers. */
export interface SourceAnswer {
  readonly body: Readable;
  /** The bytes of the body; undefined: the whole file. */
  readonly range: ByteRange | undefined;
  /** Size of the whole file, where the source announces it. */
  readonly totalBytes: number | undefined;
  /** Whether the body is chunked and so marks its own end. */
  readonly isChunked: boolean;
  /** Strong ETag, quoted; weak ones are ignored, because they do not promise the same bytes. */
  readonly etag: string | undefined;
  /** Lower-case media type without parameters. */
  readonly contentType: string | undefined;
  readonly host: string;
}

const contentRangeForm = /^bytes (\d+)-(\d+)\/(\d+)$/;

/**
 * Reads the headers of a 200 or 206.
 *
 * @throws SourceChanged when the answer has another range or another version than requested;
 *   BeatreelFailure `ProviderUnavailable` for a part of a file of unknown total length
 */
export function readAnswer(
  response: SafeResponse,
  ask: { readonly range?: ByteRange; readonly etag?: string },
): SourceAnswer {
  try {
    const answer = parse(response);
    requireVersion(answer, ask.etag);
    requireRange(answer, ask);
    return answer;
  } catch (error) {
    discard(response.body);
    throw error;
  }
}

function parse({ statusCode, headers, body, host }: SafeResponse): SourceAnswer {
  const length = parseLength(single(headers['content-length']));
  const part = statusCode === 206 ? parseContentRange(single(headers['content-range']), host) : undefined;
  return {
    body,
    range: part?.range,
    totalBytes: part === undefined ? length : part.totalBytes,
    isChunked: single(headers['transfer-encoding'])?.toLowerCase().trim().endsWith('chunked') ?? false,
    etag: strongEtag(single(headers['etag'])),
    contentType: single(headers['content-type'])?.split(';', 1)[0]?.trim().toLowerCase(),
    host,
  };
}

function parseContentRange(text: string | undefined, host: string): { range: ByteRange; totalBytes: number } {
  const [start, end, totalBytes] = (contentRangeForm.exec(text ?? '') ?? [])
    .slice(1)
    .map((digits) => readWhole(digits));
  if (start === undefined || end === undefined || totalBytes === undefined) {
    // Includes `bytes 0-9/*`: without the total, the end of the file cannot be recognised.
    throw interrupted(`${host} sent part of a file with the Content-Range "${(text ?? '').slice(0, 80)}".`);
  }
  return { range: { start, end }, totalBytes };
}

function requireVersion({ etag }: SourceAnswer, asked: string | undefined): void {
  // A server may ignore If-Match and send another version.
  if (asked !== undefined && etag !== asked)
    throw new SourceChanged(`its ETag is ${etag ?? 'gone'}, it was ${asked}`);
}

function requireRange(
  answer: SourceAnswer,
  { range: asked, etag }: { range?: ByteRange; etag?: string },
): void {
  if (asked === undefined && answer.range === undefined) return;
  // The first look asks without an ETag and takes either answer; a continuation takes exactly the requested range.
  if (answer.range === undefined && etag === undefined) return;
  const got =
    answer.range === undefined ? 'the whole file' : `bytes ${answer.range.start}-${answer.range.end}`;
  const lastByte = Math.min(asked?.end ?? Number.MAX_SAFE_INTEGER, (answer.totalBytes ?? 0) - 1);
  if (answer.range?.start === asked?.start && answer.range?.end === lastByte) return;
  throw new SourceChanged(`bytes ${asked?.start ?? 0}-${lastByte} were asked for and ${got} came`);
}

function strongEtag(text: string | undefined): string | undefined {
  return text !== undefined && /^"[^"]+"$/.test(text) ? text : undefined;
}

function parseLength(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? readWhole(text) : undefined;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? undefined : value;
}
