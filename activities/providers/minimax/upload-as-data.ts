import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { HostFile } from '../model-host.ts';

/**
 * The largest picture the host reads, in bytes. Source: `first_frame_image` in the API's reference, read 2026-11-22.
 */
const maxBytes = 20_000_000;

/**
 * Returns the file itself as a `data:` address, because MiniMax stores no files for us: it reads public addresses and
 * `data:` ones.
 *
 * @throws BeatreelFailure InvalidRequest for a file that the host would not read
 */
export async function uploadAsData({ name, contentType, sizeBytes, body }: HostFile): Promise<string> {
  if (sizeBytes > maxBytes) throw tooLarge(name, sizeBytes);
  const chunks: Uint8Array[] = [];
  let seen = 0;
  for await (const chunk of body) {
    seen += chunk.byteLength;
    if (seen > maxBytes) throw tooLarge(name, seen);
    chunks.push(chunk);
  }
  if (seen === sizeBytes) return `data:${contentType};base64,${Buffer.concat(chunks).toString('base64')}`;
  const problem = `Reading ${name} for the host gave ${seen} of its ${sizeBytes} bytes.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
}

function tooLarge(name: string, sizeBytes: number): BeatreelFailure {
  return new BeatreelFailure(
    failureTypes.invalidRequest,
    `${name} has ${sizeBytes} bytes; MiniMax reads pictures of up to ${maxBytes}. ` +
      'Where S3_PUBLIC_ENDPOINT is set it is given an address instead.',
  );
}
