import type { FailureType } from '../../../domain/failure-types.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import type { Refusal } from '../model-host.ts';

const wrongKey: Refusal = {
  type: failureTypes.credentialsRejected,
  advice: 'Check REPLICATE_API_TOKEN, which the worker sends to the host.',
};

const noMoney = 'Top up the account, then retry.';

/** Advice on refusals whose words say more than their status. */
export const adviceByType: Partial<Record<FailureType, string>> = { [failureTypes.budgetExceeded]: noMoney };

/**
 * HTTP statuses by which Replicate refuses; none of these bought anything.
 * Source: its reference pages, read 2026-11-22; its OpenAPI file declares none.
 */
export const refusalsByStatus: Readonly<Record<number, Refusal>> = {
  401: wrongKey,
  402: { type: failureTypes.budgetExceeded, advice: noMoney },
  403: wrongKey,
  429: { type: failureTypes.providerBusy },
};

/** Every other status below 500: an order that can never work. */
export const otherRefusal: Refusal = { type: failureTypes.invalidRequest };

/** 500 and above. An order with such an answer may have been taken. */
export const hostTrouble: Refusal = { type: failureTypes.providerUnavailable };

const interrupted: Refusal = { type: failureTypes.predictionInterrupted };

/**
 * Codes in brackets in the `error` of a prediction that failed, which is not billed; without one its words count.
 * Sources: Replicate's page of error codes, read 2026-11-22; of three digits, of E9828 and of PA failed predictions
 * that people have published, 2025-05 to 2026-07.
 */
export const failuresByCode: Readonly<Record<string, Refusal>> = {
  /** Interrupted; also each time for pictures of more than 6.4 MiB together. */
  PA: interrupted,
  /** The model or its provider fails. */
  E001: { type: failureTypes.predictionFailed },
  /** High demand. */
  E003: interrupted,
  /** Temporarily unavailable. */
  E004: interrupted,
  /** Flagged as sensitive. */
  E005: { type: failureTypes.contentRejected },
  /** The input is invalid, each time. */
  E006: { type: failureTypes.invalidRequest },
  /** Unknown. */
  E1000: interrupted,
  /** Out of memory. */
  E1001: { type: failureTypes.predictionFailed },
  /** The address of the webhook is empty. */
  E4875: { type: failureTypes.invalidRequest },
  /** Took too long to start. */
  E6716: interrupted,
  /** Stopped. */
  E8367: interrupted,
  /** Failed its health check. */
  E8765: interrupted,
  /** Could not start. */
  E9243: interrupted,
  /** Its output could not be uploaded. */
  E9825: interrupted,
  /** Unexpected error of the platform. */
  E9828: interrupted,
};
