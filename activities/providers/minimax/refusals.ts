import { failureTypes } from '../../../domain/failure-types.ts';
import type { Refusal } from '../model-host.ts';

const wrongKey: Refusal = {
  type: failureTypes.credentialsRejected,
  advice:
    'Check MINIMAX_API_KEY, which the worker sends to the host. A key of api.minimaxi.com does not work at ' +
    'api.minimax.io, nor the other way round: set MINIMAX_BASE_URL to https://api.minimaxi.com for a key of that region.',
};

const noMoney: Refusal = { type: failureTypes.budgetExceeded, advice: 'Top up the account, then retry.' };

const usedUp: Refusal = {
  type: failureTypes.budgetExceeded,
  advice: 'The quota of the plan is used up: raise it or wait for the next period, then retry.',
};

/**
 * `base_resp.status_code` of an answer that settles a call; none of these bought anything.
 * Sources: platform.minimax.io, "Error Codes"; the types of MiniMax's own command line; read 2026-11-22. 1039, 1042,
 * 2013, 2049 and 2056 were found in neither and are not verified against the host.
 */
export const refusalsByCode: Readonly<Record<number, Refusal>> = {
  1002: { type: failureTypes.providerBusy },
  1004: wrongKey,
  1008: noMoney,
  /** The prompt, or the picture given, is sensitive. */
  1026: { type: failureTypes.contentRejected },
  /** The output is sensitive. */
  1027: { type: failureTypes.contentRejected },
  1028: usedUp,
  1030: usedUp,
  /** Too many at once, and too fast a rise of the rate: found in the tables of two gateways, read 2026-11. */
  1041: { type: failureTypes.providerBusy },
  2045: { type: failureTypes.providerBusy },
  /** More tokens than the model reads. */
  1039: { type: failureTypes.invalidRequest },
  /** Too many invisible characters. */
  1042: { type: failureTypes.invalidRequest },
  2013: { type: failureTypes.invalidRequest },
  2049: wrongKey,
  2056: usedUp,
  2061: {
    type: failureTypes.budgetExceeded,
    advice: 'The plan of the account does not include this model: change the plan, or choose another model.',
  },
};

/** HTTP statuses below 500 by which a gateway refuses; any other means an order that cannot work. */
export const refusalsByStatus: Readonly<Record<number, Refusal>> = {
  401: wrongKey,
  402: noMoney,
  403: wrongKey,
  429: { type: failureTypes.providerBusy },
};

/** Every other status below 500. */
export const otherRefusal: Refusal = { type: failureTypes.invalidRequest };

/**
 * The host's own trouble: every other code, above all 1000 (unknown error), 1001 (timeout) and 1024 (internal error),
 * and statuses of 500 and more. Reads are repeated. Orders are not: the documentation says only "please retry later"
 * and not whether the order was taken, MiniMax knows no idempotency key, and it has no list to look in. So such an
 * answer to an order counts as lost.
 */
export const hostTrouble: Refusal = { type: failureTypes.providerUnavailable };

const interrupted: Refusal = { type: failureTypes.predictionInterrupted };

/** Codes of a task that failed, which is not billed; without a known one its words count. Sources: as above. */
export const failuresByCode: Readonly<Record<number, Refusal>> = {
  1000: interrupted,
  1001: interrupted,
  1002: interrupted,
  1024: interrupted,
  1026: { type: failureTypes.contentRejected },
  1027: { type: failureTypes.contentRejected },
  1039: { type: failureTypes.invalidRequest },
  1041: interrupted,
  1042: { type: failureTypes.invalidRequest },
  2013: { type: failureTypes.invalidRequest },
  2045: interrupted,
};
