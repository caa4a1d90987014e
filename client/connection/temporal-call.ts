import { type TemporalAttempt, toClientError } from './to-client-error.ts';

/**
 * Runs a call to Temporal and turns what it throws into an error of the client. Callers catch what means something
 * to them first; what comes from no server is thrown as it is.
 *
 * @throws ServerUnreachable, ServerBusy, InvalidSettings, RequestFailed
 */
export async function temporalCall<T>(attempt: TemporalAttempt, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toClientError(attempt, error);
  }
}
