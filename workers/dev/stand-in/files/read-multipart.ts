/** One field of a form. */
export interface FormPart {
  /** Undefined when the sender named none. */
  readonly contentType: string | undefined;
  readonly content: Buffer;
}

/**
 * Reads a multipart/form-data body (RFC 7578) that is wholly in memory; of fields with one name the last counts.
 *
 * @returns the parts by field name; undefined when the body does not fit the content type
 */
export function readMultipart(body: Buffer, contentTypeHeader: string): Map<string, FormPart> | undefined {
  const match = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentTypeHeader);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;
  const parts = new Map<string, FormPart>();
  const delimiter = `\r\n--${boundary}`;
  // The first boundary may lack the line break that belongs to all others.
  const form = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = form.indexOf(delimiter);
  if (start < 0) return undefined;
  for (;;) {
    start += delimiter.length;
    if (form.toString('latin1', start, start + 2) === '--') return parts;
    const end = form.indexOf(delimiter, start);
    if (end < 0) return undefined;
    readPart(form.subarray(start + 2, end), parts);
    start = end;
  }
}

function readPart(part: Buffer, parts: Map<string, FormPart>): void {
  const headerEnd = part.indexOf('\r\n\r\n');
  const headers = part.toString('utf8', 0, Math.max(0, headerEnd));
  const name = /^content-disposition:[^\r\n]*[;\s]name="([^"]*)"/im.exec(headers)?.[1];
  if (headerEnd < 0 || name === undefined) return;
  const contentType = /^content-type:\s*([^\r\n]+)/im.exec(headers)?.[1]?.trim();
  parts.set(name, { contentType, content: part.subarray(headerEnd + 4) });
}
