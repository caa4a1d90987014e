import { createHash, randomBytes } from 'node:crypto';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { titleOf } from '../../domain/title.ts';

/** Longest id of a video; it is the id of its workflow and part of every key in the bucket. */
const maxIdLength = 64;
const randomLength = 8;
/** Base32 (RFC 4648) in lower case: no letter looks like a digit. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 1–64 of `a-z`, `0-9` and `-`. */
export function isVideoId(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text);
}

/**
 * The id of a new video. With a `requestId` it is derived from that and the tenant, so that the same request gives the
 * same video; otherwise it is the title and eight random characters.
 */
export function nameVideo(brief: BriefInput): string {
  const { requestId, tenant = 'default' } = brief;
  if (requestId !== undefined) {
    const hash = createHash('sha256').update(JSON.stringify([tenant, requestId]));
    return `r-${hash.digest('hex').slice(0, 24)}`;
  }
  const slug = slugify(titleOf(brief))
    .slice(0, maxIdLength - randomLength - 1)
    .replace(/-+$/, '');
  return `${slug === '' ? 'video' : slug}-${randomText()}`;
}

function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function randomText(): string {
  return Array.from(randomBytes(randomLength), (byte) => alphabet[byte % alphabet.length]).join('');
}
