import { isCancellation } from '@temporalio/workflow';

type Settled<T> = { readonly value: T } | { readonly error: unknown };

/**
 * Waits until every promise has settled, then gives all results in order or throws. A failure leaves nothing running,
 * so a submit in flight reaches the ledger before any clean-up.
 */
export async function settleAll<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.all(promises.map(settle));
  const errors = settled.flatMap((result) => ('error' in result ? [result.error] : []));
  if (errors.length > 0) throw errors.find((error) => !isCancellation(error)) ?? errors[0];
  return settled.flatMap((result) => ('value' in result ? [result.value] : []));
}

async function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
