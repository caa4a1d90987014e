import type { ModelHost } from '../providers/model-host.ts';

/**
 * Looks at the host for the predictions that webhooks named for an order. The address of a webhook names its order, so
 * nothing in the model's input has to.
 *
 * @param knownIds predictions of other purchases
 * @returns the first that the host knows and that was not canceled
 */
export async function findHinted(
  host: ModelHost,
  hintedIds: readonly string[],
  knownIds: ReadonlySet<string>,
): Promise<string | undefined> {
  for (const id of hintedIds) {
    if (knownIds.has(id)) continue;
    const status = await host.getPrediction(id);
    // A poster that came back too late cancels its own prediction; the one that counts may be another.
    if (status && status.state !== 'canceled') return id;
  }
  return undefined;
}
