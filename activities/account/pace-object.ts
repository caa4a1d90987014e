import { z } from 'zod';

import { type Pace, paceKey, paceSchema } from '../../domain/schemas/pace-schema.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { ConditionalObjects } from '../../storage/conditional-objects.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { longestWaitMs } from '../../domain/outside-numbers.ts';
import { freshPace } from './fresh-pace.ts';
import type { Moment, StoreClock } from './store-clock.ts';

/** The pace of an account as it stood at one moment. */
export interface HeldPace {
  readonly pace: Pace;
  readonly etag: string;
  readonly now: Moment;
}

/** The object that holds an account's pace. */
export class PaceObject {
  readonly account: string;
  readonly #objects: Omit<ConditionalObjects, 'list'>;
  readonly #clock: StoreClock;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(objects: Omit<ConditionalObjects, 'list'>, clock: StoreClock, account: string) {
    this.#objects = objects;
    this.#clock = clock;
    this.account = account;
  }

  /** Reads the pace with one GET. Creates the object where there is none. */
  async read(): Promise<HeldPace> {
    const askedAtMs = performance.now();
    const key = paceKey(this.account);
    const found = await this.#objects.getJson(key);
    if (!found) {
      // Several workers may create it; they all write the same.
      await this.#objects.putJson(key, z.encode(paceSchema, freshPace), { ifNoneMatch: '*' });
      return this.read();
    }
    this.#clock.note({ askedAtMs, answeredAtMs: performance.now(), storeTime: found.serverDate });
    const parsed = paceSchema.safeParse(found.value);
    if (!parsed.success) {
      const problem = `${key} is not a pace (${z.prettifyError(parsed.error)}); delete it, and the account starts afresh.`;
      throw new BeatreelFailure(failureTypes.providerUnavailable, problem, { cause: parsed.error });
    }
    const now = this.#clock.at(performance.now());
    return { pace: clampPace(parsed.data, now), etag: found.etag, now };
  }

  /** Runs this process's changes one by one: stores are slow where many write the same object at once. */
  async oneByOne<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change, change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  /** @returns false when somebody else changed the pace since it was read */
  async replace({ etag }: HeldPace, pace: Pace): Promise<boolean> {
    const askedAtMs = performance.now();
    const value = z.encode(paceSchema, pace);
    const written = await this.#objects.putJson(paceKey(this.account), value, { ifMatch: etag });
    if (written === 'conflict') return false;
    this.#clock.note({ askedAtMs, answeredAtMs: performance.now(), storeTime: written.storedAt });
    return true;
  }
}

/** Limits a wait to an hour: a host may ask for more, and so may an object edited by hand. */
export function clampPace(pace: Pace, { latestMs }: Moment): Pace {
  return {
    ...pace,
    notBefore: Math.min(pace.notBefore, latestMs + longestWaitMs),
    periodMs: Math.min(pace.periodMs, longestWaitMs),
  };
}
