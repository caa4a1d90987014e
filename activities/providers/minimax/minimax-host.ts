import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { OpenHost } from '../host-registration.ts';
import type { OrderKind } from '../model-host.ts';
import { nameAccount } from '../name-account.ts';
import { createOrders, type MiniMaxKind } from './create-orders.ts';
import { MiniMaxHttp } from './minimax-http.ts';
import type { MiniMaxSettings } from './minimax-settings.ts';
import { readTask } from './read-task.ts';
import { secureAddress } from './secure-address.ts';
import { uploadAsData } from './upload-as-data.ts';

/**
 * The longest an order takes, in milliseconds: footage is answered with the number of a task within a second or two,
 * pictures with themselves within half a minute, music after 30 to 120 s (the API's reference and use, 2026-11-22).
 */
const createTimeoutsMs: Readonly<Record<MiniMaxKind, number>> = {
  clip: 20_000,
  still: 60_000,
  score: 150_000,
};

function isSold(kind: OrderKind): kind is MiniMaxKind {
  return kind in createTimeoutsMs;
}

/** Prefixes of our ids for pictures and music, which have no task at the host. */
export const syncIdPrefixes = { still: 'image-', score: 'music-' } as const;

/**
 * MiniMax itself, or anything that speaks its API, such as the stand-in. It cannot list, cancel, or stop a prediction
 * after a time; its callbacks are not signed and not asked for.
 * Source of the calls: MiniMax's OpenAPI files at platform.minimax.io, read 2026-11-22.
 */
export function createMiniMaxHost(settings: MiniMaxSettings): OpenHost {
  const { baseUrl } = settings;
  const http = new MiniMaxHttp(settings);
  const secure = secureAddress(baseUrl);
  const orders = createOrders(http, { timeoutsMs: createTimeoutsMs, prefixes: syncIdPrefixes, secure });
  return {
    name: 'minimax',
    account: nameAccount('minimax', settings),
    canList: false,
    canCancel: false,
    canAnnounce: false,
    answersAtOnce: (kind) => kind !== 'clip',
    clockAheadMs: () => http.clock.aheadMs,
    // "valid for about 9 hours" (the API's reference for files, read 2026-11-22); it can be asked for anew.
    outputRetentionMs: 9 * 3_600_000,
    listSettlingMs: 0,
    createTimeoutMs: (kind) => (isSold(kind) ? createTimeoutsMs[kind] : 0),
    // Not documented. Nothing lists its orders, so a longer wait would tell nothing more.
    lateArrivalMs: 10_000,
    createPrediction: async (request) => {
      if (isSold(request.kind)) return orders[request.kind](request);
      throw new BeatreelFailure(
        failureTypes.invalidRequest,
        `MiniMax makes nothing of the kind of ${request.model}.`,
      );
    },
    getPrediction: async (id) => {
      if (Object.values(syncIdPrefixes).some((prefix) => id.startsWith(prefix))) return undefined;
      return readTask(http, id, secure);
    },
    cancelPrediction: (id) => Promise.reject(cannotCancel(id)),
    listRecent: refuseList,
    uploadFile: uploadAsData,
    checkKey: async () => {
      // Asks for a task that does not exist: the host checks the key first, and makes nothing.
      await readTask(http, '0', secure);
      return `the key is accepted at ${baseUrl}`;
    },
    close: () => http.close(),
  };
}

function cannotCancel(id: string): BeatreelFailure {
  return new BeatreelFailure(
    failureTypes.invalidRequest,
    `Prediction ${id} cannot be ended before its time: MiniMax has no such call.`,
  );
}

async function* refuseList(): AsyncGenerator<never> {
  await Promise.resolve();
  throw new BeatreelFailure(
    failureTypes.needsReconcile,
    'MiniMax has no list of predictions to look in. Look there for the order yourself.',
  );
}
