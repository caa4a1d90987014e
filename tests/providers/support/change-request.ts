import type { RawRequest } from './start-raw-host.ts';

/** The request with another header; undefined leaves it out. */
export function withHeader(name: string, value: string | undefined) {
  return (request: RawRequest): RawRequest => {
    const headers = { ...request.headers, [name]: value };
    return { ...request, headers: JSON.parse(JSON.stringify(headers)) as RawRequest['headers'] };
  };
}

/** The request with other fields in its JSON body. */
export function withBody(changes: object) {
  return (request: RawRequest): RawRequest => {
    const body = { ...(JSON.parse(request.body.toString()) as object), ...changes };
    return { ...request, body: Buffer.from(JSON.stringify(body)) };
  };
}
