import { type TemporalAttempt, toClientError } from './to-client-error.ts';

/**
 * Runs a call to Temporal and turns its errors into errors of the client. Callers first catch the errors they handle
 * themselves; an error from no server is rethrown unchanged.
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
