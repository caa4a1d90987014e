import type { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { type AddressPolicy, refusal } from './output-address.ts';
import type { SafeAgent } from './safe-agent.ts';
import { userAgent } from './user-agent.ts';

/** Reads addresses that somebody else chose, except those inside our own network. */
export interface SafeReader {
  readonly agent: SafeAgent;
  readonly policy: AddressPolicy;
}

/** One GET. */
export interface SafeGet {
  readonly address: string;
  /** Requested bytes, both ends inclusive, 0-based. Default: all. */
  readonly range?: { readonly start: number; readonly end: number };
  /** Strong ETag that the file must still have. */
  readonly ifMatch?: string;
  /** Longest pause between two chunks. */
  readonly idleTimeoutMs?: number;
  readonly signal: AbortSignal;
}

/** The answer after redirects, of any status. Read its body to the end or discard it. */
export interface SafeResponse {
  readonly statusCode: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Readable;
  /** Host of the final answer: the only part of the address fit for a message. */
  readonly host: string;
}

const maxRedirects = 5;
const redirectStatuses = [301, 302, 303, 307, 308];

/**
 * Sends a GET and follows at most five redirects by hand; the policy checks every hop again.
 * Never sends credentials. Refuses a compressed body, because its length would differ from the file's.
 *
 * @throws BeatreelFailure `InvalidRequest` for a forbidden address, `ArtifactMissing` for an encoded body; connection
 *   errors as undici throws them
 */
export async function safeGet(reader: SafeReader, get: SafeGet): Promise<SafeResponse> {
  let address = parseAddress(get.address);
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const reach = reader.policy.admit(address);
    await reader.agent.admitName(address, reach);
    const response = await request(address, {
      dispatcher: reader.agent.poolFor(reach),
      headers: headersOf(get),
      signal: get.signal,
      ...(get.idleTimeoutMs !== undefined && {
        bodyTimeout: get.idleTimeoutMs,
        headersTimeout: get.idleTimeoutMs,
      }),
    });
    if (!redirectStatuses.includes(response.statusCode))
      return admitEncoding({ ...response, host: address.host });
    discard(response.body);
    address = nextHop(address, response.headers['location']);
  }
  throw refusal(address, `more than ${maxRedirects} redirects`);
}

/** Drops a body together with its connection: a hostile one could trickle for ever. */
export function discard(body: Readable): void {
  body.on('error', () => {
    // Destroying the body reports its own abort as an error; ignore that.
  });
  body.destroy();
}

function headersOf({ range, ifMatch }: SafeGet): Record<string, string> {
  return {
    'accept-encoding': 'identity',
    'user-agent': userAgent,
    ...(range !== undefined && { range: `bytes=${range.start}-${range.end}` }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  };
}

function parseAddress(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  // Leave the text out: it may contain a secret that opens the file.
  throw new BeatreelFailure(failureTypes.invalidRequest, 'The address of a file is not a URL.');
}

function nextHop(from: URL, location: string | string[] | undefined): URL {
  if (typeof location === 'string' && URL.canParse(location, from.href)) return new URL(location, from);
  throw refusal(from, 'it redirects without a usable Location');
}

/** Stores repeat an upload's labels: `aws-chunked`, `utf-8`, `none`. These do not encode the body. */
const compressed = /(?:^|[\s,])(?:x-)?(?:gzip|deflate|br|zstd|compress)(?:$|[\s,])/i;

function admitEncoding(response: SafeResponse): SafeResponse {
  const encoding = response.headers['content-encoding'];
  if (!compressed.test(String(encoding))) return response;
  discard(response.body);
  const text = `${response.host} sent a file with content-encoding ${String(encoding)} although none was accepted.`;
  throw new BeatreelFailure(failureTypes.artifactMissing, text);
}
