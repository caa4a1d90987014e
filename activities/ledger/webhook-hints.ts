import type { ConditionalObjects } from '../../storage/conditional-objects.ts';
import type { LedgerEntry } from './ledger-entry.ts';

type Purchase = Pick<LedgerEntry, 'videoId' | 'predictionKey'>;

/**
 * Predictions that webhooks named for orders whose answer was missing: one object for each, beside the ledger and not
 * in it, because a webhook only says where to look.
 */
export class WebhookHints {
  readonly #objects: ConditionalObjects;

  constructor(objects: ConditionalObjects) {
    this.#objects = objects;
  }

  /** Safe to run again: a hint is written once. @param predictionId fit for a key: letters, digits, `_` and `-` */
  async record(purchase: Purchase, predictionId: string): Promise<void> {
    const hint = { predictionId, heardAt: new Date().toISOString() };
    await this.#objects.putJson(`${hintFolder(purchase)}${predictionId}.json`, hint, { ifNoneMatch: '*' });
  }

  /** @returns the ids of predictions that webhooks named for this order */
  async of(purchase: Purchase): Promise<string[]> {
    const folder = hintFolder(purchase);
    const ids: string[] = [];
    for await (const { key } of this.#objects.list(folder))
      ids.push(key.slice(folder.length, -'.json'.length));
    return ids;
  }
}

function hintFolder({ videoId, predictionKey }: Purchase): string {
  return `videos/${videoId}/webhooks/${predictionKey}/`;
}
