import { createHash } from 'node:crypto';

import { canonicalJson } from '../../domain/hash.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import type { TakePlace } from '../../domain/unit.ts';

/** The fields that identify a purchase. */
export interface PurchaseIdentity {
  readonly videoId: string;
  readonly unit: TakePlace;
  /** Name in the catalogue. */
  readonly model: string;
  readonly request: PredictionRequest;
}

/**
 * The identity of a purchase: the same for every attempt, on every worker, after every reset.
 * Files are named by key and checksum, never by an address that expires.
 *
 * @returns 64 hex digits
 */
export function predictionKey({ videoId, unit, model, request }: PurchaseIdentity): string {
  const { medium, beat, chunk, take } = unit;
  const identity = { videoId, medium, beat, chunk, take, model, input: canonicalInput(request) };
  return createHash('sha256').update(canonicalJson(identity)).digest('hex');
}

/** The request without parts that may differ between two descriptions of the same thing. */
export function canonicalInput(request: PredictionRequest): unknown {
  return replaceFiles(request);
}

function replaceFiles(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(replaceFiles);
  if ('key' in value && 'sha256' in value) return { key: value.key, sha256: value.sha256 };
  if ('key' in value && 'crc32' in value) return { key: value.key, crc32: value.crc32 };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaceFiles(inner)]));
}
