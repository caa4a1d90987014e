import { createHash } from 'node:crypto';

/** Lower-case hex of the SHA-256 of text or bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A seed of 32 bits from a text. */
export function seedOf(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 8), 16);
}
