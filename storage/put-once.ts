import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * Writes a JSON object once: the first value stays.
 *
 * @returns the value in the store
 */
export async function putOnce<T>(store: ObjectStore, key: string, value: T): Promise<T> {
  const written = await store.putJson(key, value, { ifNoneMatch: '*' });
  if (written !== 'conflict') return value;
  const standing = await store.getJson(key);
  if (standing) return standing.value as T;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `Writing ${key} was refused because an object lies there, and then there was none. Try again.`,
  );
}
