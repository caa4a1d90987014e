import { failureTypes } from '../../../domain/failure-types.ts';
import type { Refusal } from '../model-host.ts';

const wrongKey: Refusal = {
  type: failureTypes.credentialsRejected,
  advice: 'Check REPLICATE_API_TOKEN, which the worker sends to the host.',
};

/**
 * HTTP statuses by which Replicate refuses; nothing was bought by any of these.
 * Source: its reference pages, read 2026-11-22; its OpenAPI file declares none.
 */
export const refusalsByStatus: Readonly<Record<number, Refusal>> = {
  401: wrongKey,
  402: { type: failureTypes.budgetExceeded, advice: 'Top up the account, then retry.' },
  403: wrongKey,
  429: { type: failureTypes.providerBusy },
};

/** Every other status below 500: an order that can never work. */
export const otherRefusal: Refusal = { type: failureTypes.invalidRequest };

/** 500 and above. Of an order nobody knows then whether it was taken. */
export const hostTrouble: Refusal = { type: failureTypes.providerUnavailable };

/**
 * Codes in the `error` of a prediction that failed; every other one is `PredictionFailed`.
 * Source: Replicate's page of error codes, read 2026-11-22.
 */
export const failuresByCode: Readonly<Record<string, Refusal>> = {
  E005: { type: failureTypes.contentRejected },
};
